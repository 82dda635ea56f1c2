"""`penguin mentor`: a class from its folder to its feedback."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Self

import typer
from dateutil import tz

from classroom.language import LANGS, current_language
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.mentor.grading.grade import GradingReport
    from classroom.mentor.place.folder import MentorFolder

app = typer.Typer(
    help="Release, collect, grade and return lessons with nbgrader.", add_completion=False, no_args_is_help=True
)

Root = Annotated[Path, typer.Option("--dir", help="The mentor's folder; left out, the one around you.")]
Assignment = Annotated[str, typer.Argument(help="The lesson, such as L1.")]
Students = Annotated[list[str] | None, typer.Option("--student", help="Only this learner; give it again for more.")]
HERE = Path()


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="The folder to make.")],
    lang: Annotated[str, typer.Option(help="ja or en.")] = "",
    roster: Annotated[
        Path | None, typer.Option(help="CSV with the columns id, first_name, last_name, email.", exists=True)
    ] = None,
    course: Annotated[str, typer.Option(help="The course's name in the exchange; left out, the folder's.")] = "",
    exchange: Annotated[Path | None, typer.Option(help="nbgrader's exchange, for users of one machine.")] = None,
    share: Annotated[
        Path | None, typer.Option(help="A folder that learners reach too: a share, a synced drive.")
    ] = None,
    zone: Annotated[
        str, typer.Option(help="The zone of due dates, such as Asia/Tokyo; left out, this computer's.")
    ] = "",
    practice: Annotated[Path | None, typer.Option(help="Practice data to hold answers against as well.")] = None,
    hub: Annotated[
        bool, typer.Option("--hub", help="Learners hand in through the service of this JupyterHub.")
    ] = False,
) -> None:
    """Make a mentor's folder, or bring its lessons and class list up to date."""
    from classroom.mentor.classpage.begin import BadCourseName, begin
    from classroom.mentor.place.folder import MentorFolder
    from classroom.mentor.place.roster import RosterFault, read_roster

    language = lang or current_language()
    if language not in LANGS:
        raise typer.BadParameter(f"{language}: ja / en", param_hint="--lang")
    try:
        learners = read_roster(roster) if roster else []
    except RosterFault as fault:
        _stop("desk.roster_fault", language, line=fault.line, text=fault.text)
    _settings_of(MentorFolder(directory.resolve()))
    if zone and tz.gettz(zone) is None:
        raise typer.BadParameter(zone, param_hint="--zone")
    if share is not None and not share.expanduser().is_dir():
        _stop("desk.share_missing", language, place=share.expanduser().absolute())
    try:
        folder = begin(
            *(directory, language, learners),
            course=course,
            exchange=exchange,
            share=share,
            practice=practice,
            zone=zone,
            hub=hub,
        )
    except BadCourseName as fault:
        _stop("desk.course_name", language, name=fault)
    except OSError as fault:
        _stop("desk.not_made", language, folder=directory, why=fault.strerror)
    _say("desk.ready", language, folder=folder.root, learners=len(learners))


@app.command()
def invite(
    directory: Root = HERE,
    student: Students = None,
    each: Annotated[bool, typer.Option("--each", help="One for each learner on the class list, with a key.")] = False,
) -> None:
    """Write the invitation to the class: one for everybody, or each learner's own."""
    from classroom.exchange.invitation import as_link
    from classroom.mentor.collecting.collect import received_file
    from classroom.mentor.place.gradebook import open_gradebook
    from classroom.mentor.place.invitations import invitation_for, write_invitations

    folder = the_folder(directory)
    with open_gradebook(folder) as gradebook:
        enrolled = [one.id for one in gradebook.students]
    named = enrolled if each else list(student or [])
    if unknown := [one for one in named if one not in enrolled]:
        _stop("desk.not_enrolled", folder.lang, students=", ".join(unknown))
    place = write_invitations(folder, named)
    for one in named:
        received_file(folder).invite(one)
    if named:
        _say("desk.invited_each", folder.lang, place=place, count=len(named))
    else:
        _say("desk.invited", folder.lang, place=place, link=as_link(invitation_for(folder)))


@app.command()
def start(
    directory: Root = HERE,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    port: Annotated[int, typer.Option(help="Port of the page; another is taken if it is busy.")] = 8890,
) -> None:
    """Open JupyterLab with nbgrader's formgrader on the folder."""
    from classroom.mentor.classpage.lab import serve

    folder = the_folder(directory)
    serve(folder, port, browser=browser, ready=lambda url: _say("start.ready", folder.lang, url=url))


@app.command()
def release(
    assignment: Assignment,
    directory: Root = HERE,
    due: Annotated[
        str, typer.Option(help="Due date, such as 2027-01-31 (its end, in the course's zone) or 2027-01-31T18:00.")
    ] = "",
    to_exchange: Annotated[
        bool, typer.Option("--exchange/--no-exchange", help="Also put it into the exchange.")
    ] = True,
) -> None:
    """Make the learners' version of a lesson and release it."""
    from classroom.mentor.place.calendar import NoDate, in_zone, read_due, zone_of
    from classroom.mentor.returning.workflow import NbgraderFault, NoLesson, release

    folder = the_folder(directory)
    try:
        zone = zone_of(folder)
        moment = read_due(due, zone) if due else None
        with _open_way(folder):
            release(folder, assignment, moment, to_exchange=to_exchange)
    except NoDate as fault:
        raise typer.BadParameter(str(fault), param_hint="--due") from None
    except NoLesson:
        known = ", ".join(each.id for each in folder.course.lessons)
        _stop("desk.no_lesson", folder.lang, assignment=assignment, known=known)
    except NbgraderFault as fault:
        _stop("desk.nbgrader_fault", folder.lang, log=fault)
    _say("desk.released", folder.lang, assignment=assignment)
    if moment is not None:
        _say("desk.due", folder.lang, when=in_zone(moment, zone))


@app.command()
def collect(
    assignment: Annotated[str, typer.Argument(help="The lesson; left out, all that are released.")] = "",
    directory: Root = HERE,
) -> None:
    """Fetch what was handed in: from the exchange or the shared folder, and from inbox/."""
    from classroom.mentor.classpage.definitions import tell_definitions
    from classroom.mentor.collecting.collect import received_file
    from classroom.mentor.collecting.remarks import trouble_sentence
    from classroom.mentor.grading.grade import submitted
    from classroom.mentor.returning.workflow import NbgraderFault, NoLesson, collect

    folder = the_folder(directory)
    try:
        with _stopping(folder):
            found = collect(folder, assignment)
            for lesson in [assignment] if assignment else [each.id for each in folder.course.lessons]:
                tell_definitions(folder, lesson)
    except NoLesson:
        _stop("desk.not_released", folder.lang, assignment=assignment)
    except NbgraderFault as fault:
        _stop("desk.nbgrader_fault", folder.lang, log=fault)
    lessons = [assignment] if assignment else [each.id for each in folder.course.lessons]
    count = sum(len(list(submitted(folder, each, None))) for each in lessons)
    _say("desk.collected", folder.lang, count=count)
    if found.questions:
        _say("desk.questions_came", folder.lang, count=found.questions)
    for learner, owner in found.not_theirs:
        _say("desk.not_theirs", folder.lang, student=learner, owner=owner)
    for each in received_file(folder).troubles():
        typer.echo(trouble_sentence(each, folder.lang))
    if found.closed:
        _stop("desk.share_closed", folder.lang, place=found.closed)


@app.command()
def extend(
    assignment: Assignment,
    student: Annotated[str, typer.Argument(help="The learner.")],
    days: Annotated[float, typer.Option(help="Days after the due date; 0 takes an extension back.")],
    directory: Root = HERE,
) -> None:
    """Give one learner more time."""
    from classroom.mentor.returning.send import tell_class
    from classroom.mentor.returning.workflow import NotListed, extend

    folder = the_folder(directory)
    try:
        extend(folder, assignment, student, days=days)
    except NotListed:
        _stop("desk.not_listed", folder.lang, assignment=assignment, student=student)
    except ValueError:
        raise typer.BadParameter(f"{days:g}", param_hint="--days") from None
    if not folder.has_stock_exchange:
        with _open_way(folder):
            tell_class(folder)
    _say("desk.extended", folder.lang, student=student, days=f"{days:g}")


@app.command()
def prepare(assignment: Assignment, directory: Root = HERE) -> None:
    """Make the databases that a lesson is graded on; grading does it too, when they are missing."""
    from coursebook.packs import build_packs

    folder = the_folder(directory)
    build_packs(folder.course.lesson(assignment).placed_exercises(folder.lang), seed=folder.seed)
    _say("desk.prepared", folder.lang, assignment=assignment)


@app.command()
def grade(
    assignment: Assignment,
    directory: Root = HERE,
    student: Students = None,
    again: Annotated[bool, typer.Option("--again", help="Grade everything anew and list whose score moved.")] = False,
    workers: Annotated[int | None, typer.Option(help="Processes; all cores by default.", min=1)] = None,
    scheduler: Annotated[str | None, typer.Option(help="Address of a Dask scheduler, such as tcp://host:8786.")] = None,
) -> None:
    """Grade what was handed in since the last time."""
    from classroom.exchange.transport import Unreachable
    from classroom.mentor.grading.cluster import ClusterFault
    from classroom.mentor.grading.grade import grade_assignment
    from classroom.mentor.place.gradebook import NoAssignment
    from classroom.mentor.returning.send import tell_class

    folder = the_folder(directory)
    try:
        with _stopping(folder), _progress(folder.lang) as advance:
            report = grade_assignment(
                folder, assignment, student, again=again, workers=workers, scheduler=scheduler, progress=advance
            )
    except NoAssignment:
        _stop("desk.no_assignment", folder.lang, assignment=assignment)
    except ClusterFault as fault:
        _stop("desk.cluster_fault", folder.lang, cause=fault)
    _report(report, folder.lang)
    if not folder.has_stock_exchange:
        with suppress(Unreachable):  # told with the next step
            tell_class(folder)
    raise typer.Exit(1 if report.refused else 0)


@app.command()
def feedback(
    assignment: Assignment,
    directory: Root = HERE,
    student: Students = None,
    with_solutions: Annotated[bool, typer.Option("--with-solutions", help="Show solutions and explanations.")] = False,
    to_exchange: Annotated[
        bool, typer.Option("--exchange/--no-exchange", help="Also put it into the exchange.")
    ] = True,
) -> None:
    """Write each learner's feedback page and release it."""
    from classroom.mentor.returning.feedback import make_feedback
    from classroom.mentor.returning.workflow import NbgraderFault, release_feedback

    folder = the_folder(directory)
    with _stopping(folder):
        made = make_feedback(folder, assignment, student, with_solutions=with_solutions)
    try:
        with _open_way(folder):
            keyless = release_feedback(folder, assignment, student) if to_exchange else []
    except NbgraderFault as fault:
        _stop("desk.nbgrader_fault", folder.lang, log=fault)
    _say("desk.feedback_made", folder.lang, count=len(made))
    if keyless:
        _say("desk.feedback_by_hand", folder.lang, students=", ".join(keyless))


@app.command()
def export(
    to: Annotated[Path, typer.Option(help="The CSV file to write.")] = Path("grades.csv"), directory: Root = HERE
) -> None:
    """Write all scores as a table."""
    from classroom.mentor.classpage.scores import export_grades

    folder = the_folder(directory)
    with _stopping(folder):
        rows = export_grades(folder, to)
    _say("desk.exported", folder.lang, rows=rows, path=to)


@app.command()
def verify(file: Annotated[Path, typer.Argument(help="The certificate's file.")], directory: Root = HERE) -> None:
    """Check a certificate against the class's key and the marks on this desk; needs no network."""
    from classroom.mentor.expo.certificates import told

    folder = the_folder(directory)
    with _stopping(folder):
        lines, is_good = told(folder, file)
    typer.echo("\n".join(lines))
    raise typer.Exit(0 if is_good else 1)


@contextmanager
def _stopping(folder: MentorFolder) -> Iterator[None]:
    """Stop with advice when the disk is full or another program holds the gradebook."""
    from classroom.mentor.place.faults import DeskFault, told_faults

    try:
        with told_faults(folder.root):
            yield
    except DeskFault as fault:
        _stop(f"desk.{fault.code}", folder.lang, **fault.params)


@contextmanager
def _open_way(folder: MentorFolder) -> Iterator[None]:
    """Stop with advice when the shared folder can't be reached."""
    from classroom.exchange.transport import Unreachable

    try:
        yield
    except Unreachable as fault:
        _stop("desk.share_closed", folder.lang, place=fault.filename)


def the_folder(directory: Path) -> MentorFolder:
    """The mentor's folder around a place; a missing one, or a slip of the pen in its settings, ends the command with a word."""
    from classroom.mentor.place.folder import find_mentor_folder

    folder = find_mentor_folder(directory)
    if folder is None:
        _stop("desk.no_folder", current_language(), place=directory.resolve())
    _settings_of(folder)
    return folder


def _settings_of(folder: MentorFolder) -> dict[str, Any]:
    """What the folder's settings say; a slip of the pen in them stops the command with its place."""
    try:
        return folder.settings
    except ValueError as fault:  # TOML's own, or no UTF-8
        _stop("desk.bad_settings", current_language(), place=folder.settings_path, cause=fault)


class _progress:  # noqa: N801  (used as a context manager)
    """A bar over the answers that are being judged."""

    def __init__(self, lang: str) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, transient=True)
        self._task = self._bar.add_task(say("desk.judging", lang), total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)


def _report(report: GradingReport, lang: str) -> None:
    from classroom.mentor.grading.told import details

    _say("desk.graded", lang, graded=len(report.graded), questions=report.questions, skipped=len(report.skipped))
    for line in details(report, lang):
        typer.echo(line)


def _say(code: str, lang: str, **params: object) -> None:
    typer.echo(say(code, lang, **params))


def _stop(code: str, lang: str, **params: object) -> NoReturn:
    typer.echo(say(code, lang, **params), err=True)
    raise typer.Exit(2)
