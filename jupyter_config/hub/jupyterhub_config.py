"""JupyterHub for a company: each learner in a room of their own, mentors at the desk. See docs/operators.md.

One machine on which everybody has an account:

    PENGUIN_DATA=/srv/penguin/data PENGUIN_MENTORS="sato yamada" PENGUIN_COURSE_FOLDER=/srv/penguin/course \
    jupyterhub -f jupyterhub_config.py

Everything that differs from company to company is a variable; what is not named keeps JupyterHub's own default.
"""

import os
import sys
from pathlib import Path

from classroom.assistant.line import VARIABLES as ASSISTANT
from classroom.hub.quotas import SETTINGS as QUOTAS

c = get_config()  # noqa: F821  (JupyterHub gives it to its configuration file)

MENTORS = set(os.environ.get("PENGUIN_MENTORS", "").split())
COURSE_FOLDER = os.environ.get("PENGUIN_COURSE_FOLDER", "")
DESK_ACCOUNT = os.environ.get("PENGUIN_DESK_ACCOUNT", "")
PENGUIN = [sys.executable, "-P", "-m", "classroom", "hub"]
CONTAINERS = os.environ.get("PENGUIN_SPAWNER") == "containers"

# the service for all: rooms run on the lessons without solutions that `penguin hub prepare` has written, and have it judge
DATA = os.environ.get("PENGUIN_DATA", "")
EDITION = Path(DATA, "course")
LESSONS = os.environ.get("PENGUIN_LESSONS", "")  # a course of your own, with its solutions; left out, the built-in one
SERVICE = os.environ.get("PENGUIN_SERVICE_ADDRESS", "http://0.0.0.0:8090" if CONTAINERS else "http://127.0.0.1:8090")
HAS_SERVICE = bool(DATA) and EDITION.is_dir()


def seat(spawner):
    """Give a mentor the desk and everybody else a room; without a course's folder there is no desk."""
    is_mentor = spawner.user.name in MENTORS and COURSE_FOLDER
    spawner.cmd = [*PENGUIN, "desk", "--dir", COURSE_FOLDER] if is_mentor else [*PENGUIN, "room"]
    if DESK_ACCOUNT:
        spawner.runs_as = DESK_ACCOUNT if is_mentor else ""
    if is_mentor:  # who grades has the whole course
        whole = {"PENGUIN_COURSE": LESSONS} if LESSONS else {}
        known = {name: each for name, each in spawner.environment.items() if name != "PENGUIN_COURSE"}
        spawner.environment = {**known, **whole}


# who comes in: accounts of the machine; "native" for a team without any, "generic-oauth" for a company's own sign-in
SIGN_IN = os.environ.get("PENGUIN_SIGN_IN", "pam")
c.JupyterHub.authenticator_class = "classroom.hub.native.NativeSignIn" if SIGN_IN == "native" else SIGN_IN
c.Authenticator.allow_all = True  # whoever can sign in may learn; name allowed_users instead to keep a list
c.Authenticator.admin_users = set(os.environ.get("PENGUIN_ADMINS", "").split())

# what they get
if CONTAINERS:  # one for each learner; the mentors' desk stays on a machine of their own
    c.JupyterHub.spawner_class = "docker"
    c.JupyterHub.hub_ip = "0.0.0.0"  # noqa: S104  (the containers' own network, which compose.yaml makes)
    c.JupyterHub.hub_connect_ip = "hub"
    c.DockerSpawner.image = os.environ.get("PENGUIN_IMAGE", "second-penguin")
    c.DockerSpawner.cmd = ["penguin", "hub", "room"]
    c.DockerSpawner.network_name = "second-penguin"
    c.DockerSpawner.volumes = {"second-penguin-{username}": "/home/learner"}
    c.DockerSpawner.remove = True
    c.DockerSpawner.extra_host_config = {"cap_drop": ["ALL"], "security_opt": ["no-new-privileges"], "pids_limit": 512}
else:
    c.Spawner.pre_spawn_hook = seat
    c.Spawner.cmd = [*PENGUIN, "room"]
    if DESK_ACCOUNT:  # one folder for several mentors, whose desks run under the account that it belongs to
        c.JupyterHub.spawner_class = "classroom.hub.accounts.AccountSpawner"
c.Spawner.environment = {
    name: os.environ[name]
    for name in (
        *(
            "PENGUIN_DATA",
            "PENGUIN_LANG",
            "PENGUIN_CLASS",
            "PENGUIN_INVITATION",
            "PENGUIN_DIALECT",
            "PENGUIN_OWN_FILES",
        ),
        *ASSISTANT,
    )
    if os.environ.get(name) and not (CONTAINERS and name == "PENGUIN_DATA")  # the image has its own
}
if HAS_SERVICE:
    c.Spawner.environment |= {
        "PENGUIN_SERVICE": SERVICE.replace("0.0.0.0", "hub"),  # noqa: S104
        "PENGUIN_COURSE": str(EDITION),
    }
c.Spawner.http_timeout = 300  # eighty who sign in in one second keep two cores busy for more than three minutes
c.Spawner.start_timeout = 300
c.Spawner.mem_limit = "1G"  # held by spawners with containers or systemd; a room's kernel caps itself in any case
c.Spawner.cpu_limit = 1

# what they cost while nobody looks
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600", "--cull-every=300"],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
if HAS_SERVICE:
    EXCHANGE = os.environ.get("PENGUIN_EXCHANGE", "")
    WITH_CLASS = ["--exchange", EXCHANGE, "--mentors", " ".join(sorted(MENTORS))] if EXCHANGE else []
    c.JupyterHub.services.append(
        {
            "name": "penguin",
            "command": [
                *PENGUIN,
                "serve",
                "--address",
                SERVICE,
                *(["--course", LESSONS] if LESSONS else []),
                *WITH_CLASS,
            ],
            "environment": {
                name: each
                for name, each in os.environ.items()
                if name in (*QUOTAS, "PENGUIN_DATA", "XDG_CACHE_HOME", "XDG_STATE_HOME")
            },
            "user": os.environ.get("PENGUIN_SERVICE_ACCOUNT", ""),  # left out, the hub's own
        }
    )
    MAY_ASK = "access:services!service=penguin"
    c.JupyterHub.load_roles += [
        {"name": "user", "scopes": ["self", MAY_ASK]},
        {"name": "server", "scopes": ["users:activity!user", "access:servers!server", MAY_ASK]},
    ]
