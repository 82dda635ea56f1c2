"""JupyterHub for a company: each learner in a room of their own, mentors at the desk. See docs/operators.md.

One machine on which everybody has an account:

    PENGUIN_DATA=/srv/penguin/data PENGUIN_MENTORS="sato yamada" PENGUIN_COURSE_FOLDER=/srv/penguin/course \
    jupyterhub -f jupyterhub_config.py

Everything that differs from company to company is a variable; what is not named keeps JupyterHub's own default.
"""

import os
import sys

from tornado.web import HTTPError

from classroom.assistant.line import ADDRESS, BELOW_SERVICE, SECONDS
from classroom.assistant.line import VARIABLES as ASSISTANT
from classroom.hub.assistant_desk import MOST as ASSISTANT_MOST
from classroom.hub.courses import CourseHandler, HubCourse, read_courses
from classroom.hub.quotas import SETTINGS as QUOTAS
from classroom.language import current_language
from classroom.messages import say

c = get_config()  # noqa: F821  (JupyterHub gives it to its configuration file)

DESK_ACCOUNT = os.environ.get("PENGUIN_DESK_ACCOUNT", "")
PENGUIN = [sys.executable, "-P", "-m", "classroom", "hub"]
CONTAINERS = os.environ.get("PENGUIN_SPAWNER") == "containers"

# the first course, and those beside it. A service each: rooms run on the lessons without solutions that `penguin hub
# prepare` has written, and have it judge
DATA = os.environ.get("PENGUIN_DATA", "")
FIRST = HubCourse(
    data=DATA,
    address=os.environ.get("PENGUIN_SERVICE_ADDRESS", "http://0.0.0.0:8090" if CONTAINERS else "http://127.0.0.1:8090"),
    exchange=os.environ.get("PENGUIN_EXCHANGE", ""),
    lessons=os.environ.get("PENGUIN_LESSONS", ""),
    desk=os.environ.get("PENGUIN_COURSE_FOLDER", ""),
    mentors=tuple(os.environ.get("PENGUIN_MENTORS", "").split()),
)
BESIDE = read_courses(os.environ.get("PENGUIN_COURSES", ""), FIRST)
if BESIDE and CONTAINERS:  # an image holds one course
    raise SystemExit(say("hub.courses_in_containers", current_language()))
SERVED = [*([FIRST] if DATA and FIRST.edition.is_dir() else []), *BESIDE.values()]


def known_to_rooms(course):
    """What the rooms of a course are told of it; they ask the company's assistant through its service, which has the key."""
    assistant = {name: os.environ[name] for name in ASSISTANT if os.environ.get(name)}
    if course not in SERVED:
        return assistant
    service = course.address.replace("0.0.0.0", "hub")  # noqa: S104
    through = {name: assistant[name] for name in (ADDRESS, SECONDS) if name in assistant}
    if ADDRESS in through:
        through[ADDRESS] = service + BELOW_SERVICE
    return {"PENGUIN_SERVICE": service, "PENGUIN_COURSE": str(course.edition), **through}


def seat(spawner):
    """Give a mentor the desk and everybody else a room; without a course's folder there is no desk."""
    if spawner.name and spawner.name not in BESIDE:  # whoever types another name on the hub's own page
        raise HTTPError(404, say("hub.no_such_course", current_language(), name=spawner.name))
    course = BESIDE[spawner.name] if spawner.name else FIRST
    is_mentor = bool(spawner.user.name in course.mentors and course.desk)
    spawner.cmd = [*PENGUIN, "desk", "--dir", course.desk] if is_mentor else [*PENGUIN, "room", *course.room]
    if DESK_ACCOUNT:
        spawner.runs_as = DESK_ACCOUNT if is_mentor else ""
    known = spawner.environment
    if course is not FIRST:  # a class of the first course is none of this one's
        of_first = {"PENGUIN_CLASS", "PENGUIN_INVITATION", *ASSISTANT}
        known = {name: each for name, each in known.items() if name not in of_first}
        known |= {"PENGUIN_DATA": course.data, **known_to_rooms(course)}
    if is_mentor:  # who grades has the whole course
        whole = {"PENGUIN_COURSE": course.lessons} if course.lessons else {}
        known = {name: each for name, each in known.items() if name != "PENGUIN_COURSE"} | whole
    spawner.environment = known


# who comes in: accounts of the machine; "native" for a team without any, "generic-oauth" for a company's own sign-in, "lti" from a learning platform
SIGN_IN = os.environ.get("PENGUIN_SIGN_IN", "pam")
OURS = {"native": "classroom.hub.native.NativeSignIn", "lti": "classroom.hub.lti.LtiSignIn"}
c.JupyterHub.authenticator_class = OURS.get(SIGN_IN, SIGN_IN)
if SIGN_IN == "lti":
    from classroom.hub.lti import settings_of

    c.LtiSignIn.update(settings_of(os.environ))
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
    )
    if os.environ.get(name) and not (CONTAINERS and name == "PENGUIN_DATA")  # the image has its own
}
c.Spawner.environment |= known_to_rooms(FIRST)
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
for course in SERVED:
    with_class = (
        ["--exchange", course.exchange, "--mentors", " ".join(sorted(course.mentors))] if course.exchange else []
    )
    c.JupyterHub.services.append(
        {
            "name": course.service,
            "command": [
                *PENGUIN,
                "serve",
                "--address",
                course.address,
                *(["--course", course.lessons] if course.lessons else []),
                *with_class,
            ],
            "environment": {
                **{
                    name: each
                    for name, each in os.environ.items()
                    if name
                    in (
                        *(*QUOTAS, *ASSISTANT, ASSISTANT_MOST),
                        *("XDG_CACHE_HOME", "XDG_STATE_HOME", "SSL_CERT_FILE"),
                    )
                },
                "PENGUIN_DATA": course.data,
            },
            "user": os.environ.get("PENGUIN_SERVICE_ACCOUNT", ""),  # left out, the hub's own
        }
    )
if SERVED:
    MAY_ASK = [f"access:services!service={course.service}" for course in SERVED]
    c.JupyterHub.load_roles += [
        {"name": "user", "scopes": ["self", *MAY_ASK]},
        {"name": "server", "scopes": ["users:activity!user", "access:servers!server", *MAY_ASK]},
    ]
if BESIDE:  # a server of each course for whoever opens it, beside that of the first
    c.JupyterHub.allow_named_servers = True
    c.JupyterHub.named_server_limit_per_user = len(BESIDE)
    c.JupyterHub.extra_handlers = [(r"/course/([a-z0-9-]+)", CourseHandler, {"names": frozenset(BESIDE)})]
