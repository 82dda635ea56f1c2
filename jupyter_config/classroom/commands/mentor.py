"""`penguin mentor`: a class from its folder to its feedback."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path  # noqa: TC003  (typer reads it)
from typing import TYPE_CHECKING, Annotated

import typer

from classroom.commands.announcing import announce
from classroom.commands.at_desk import (
    HERE,
    Root,
    copy_stores,
    in_turn,
    open_way,
    settings_of,
    stop,
    stop_where_lost,
    stop_where_missing,
    stopping,
    tell,
    tell_report,
    the_folder,
)
from classroom.commands.bar import Bar
from classroom.commands.exam import app as exam
from classroom.commands.exporting import export, report
from classroom.commands.lti import lti, scores_or_say
from classroom.commands.notices import deliver_or_say, notices
from classroom.commands.pairing import pair
from classroom.commands.restoring import restore
from classroom.commands.teaming import team_expo
from classroom.language import LANGS, current_language
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping


app = typer.Typer(
    help="Release, collect, grade and return lessons with nbgrader.", add_completion=False, no_args_is_help=True
)

Assignment = Annotated[str, typer.Argument(help="The lesson, such as L1.")]
Students = Annotated[list[str] | None, typer.Option("--student", help="Only this learner; give it again for more.")]


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="The folder to make.")],
    lang: Annotated[str, typer.Option(help="ja or en.")] = "",
    roster: Annotated[
        Path | None,
        typer.Option(
            help="CSV with the columns id, first_name, last_name, email, team, as Excel saves it.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    course: Annotated[str, typer.Option(help="The course's name in the exchange; left out, the folder's.")] = "",
    exchange: Annotated[Path | None, typer.Option(help="nbgrader's exchange, for users of one machine.")] = None,
    share: Annotated[
        Path | None, typer.Option(help="A folder that learners reach too: a share, a synced drive.")
    ] = None,
    zone: Annotated[
        str,
        typer.Option(
            help="The zone of due dates, such as Asia/Tokyo; left out, this computer's, or where that is UTC the language's."
        ),
    ] = "",
    mentor: Annotated[str, typer.Option(help="Your name, as learners read it.")] = "",
    practice: Annotated[Path | None, typer.Option(help="Practice data to hold answers against as well.")] = None,
    lessons: Annotated[Path | None, typer.Option(help="Folder of the course; left out, the built-in one.")] = None,
    hub: Annotated[
        bool, typer.Option("--hub", help="Learners hand in through the service of this JupyterHub.")
    ] = False,
) -> None:
    """Make a mentor's folder, or bring its lessons and class list up to date."""
    from classroom.mentor.classpage.begin import BadCourseName, begin
    from classroom.mentor.place.calendar import named_zone, zone_name
    from classroom.mentor.place.folder import MentorFolder
    from classroom.mentor.place.roster import UTF_8, Roster, RosterFault, read_roster

    language = lang or current_language()
    if language not in LANGS:
        raise typer.BadParameter(f"{language}: ja / en", param_hint="--lang")
    there = MentorFolder(directory.resolve())
    stop_where_lost(there)
    settings_of(there)
    if zone and named_zone(zone) is None:
        raise typer.BadParameter(zone, param_hint="--zone")
    stop_where_missing(language, share, lessons)
    try:
        listed = read_roster(roster) if roster else Roster(())
        folder = begin(
            *(directory, language, list(listed.learners)),
            course=course,
            exchange=exchange,
            share=share,
            practice=practice,
            lessons=lessons,
            zone=zone,
            hub=hub,
            mentor=mentor,
        )
    except RosterFault as fault:
        stop(f"desk.roster.{fault.code}", language, file=roster, **fault.params)
    except BadCourseName as fault:
        stop("desk.course_name", language, name=fault)
    except OSError as fault:
        stop("desk.not_made", language, folder=fault.filename or directory, why=fault.strerror)
    tell("desk.ready", language, folder=folder.root, learners=len(listed.learners))
    copy_stores(folder)
    if listed.encoding != UTF_8:
        tell("desk.roster_read", language, file=roster, encoding=listed.encoding)
    tell("desk.zone", language, zone=zone_name(folder) or "–", place=folder.settings_path)
    tell("desk.named", language, mentor=folder.mentor_for_learners, place=folder.settings_path)


app.command()(restore)
app.add_typer(exam, name="exam")
app.command()(notices)
app.command()(lti)
app.command()(announce)
app.command()(pair)
app.command("team-expo")(team_expo)
app.command()(export)
app.command()(report)


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
        stop("desk.not_enrolled", folder.lang, students=", ".join(unknown))
    place = write_invitations(folder, named)
    for one in named:
        received_file(folder).invite(one)
    if named:
        tell("desk.invited_each", folder.lang, place=place, count=len(named))
    else:
        tell("desk.invited", folder.lang, place=place, link=as_link(invitation_for(folder)))


@app.command()
def start(
    directory: Root = HERE,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
    port: Annotated[int, typer.Option(help="Port of the page; another is taken if it is busy.")] = 8890,
) -> None:
    """Open JupyterLab with nbgrader's formgrader on the folder."""
    from classroom.mentor.classpage.lab import serve

    folder = the_folder(directory)
    serve(folder, port, browser=browser, ready=lambda url: tell("start.ready", folder.lang, url=url))


@app.command(name="serve")
def serve_timetable(
    directory: Root = HERE,
    every: Annotated[
        int | None,
        typer.Option(help="Minutes between two runs; left out, timetable_minutes of the settings, or 60.", min=1),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="One run alone, such as from cron.")] = False,
) -> None:
    """Collect, grade and give back by itself, again and again; what waits for a person's mark is held back."""
    import time

    from classroom.mentor.classpage.timetable import in_words, minutes_of, run_once

    folder = the_folder(directory)
    if not once:
        tell("desk.timetable.begins", folder.lang, minutes=every or minutes_of(folder) or 60, folder=folder.root)
    while True:
        began, folder = time.monotonic(), folder.with_settings_of_now()
        run = run_once(folder)
        typer.echo(f"{run.at[:16].replace('T', ' ')} UTC  {in_words(run, folder.lang)}")
        deliver_or_say(folder)
        scores_or_say(folder.root)
        if once:
            raise typer.Exit(1 if run.fault else 0)
        folder = folder.with_settings_of_now()
        pause = 60 if run.is_put_off else (every or minutes_of(folder) or 60) * 60
        time.sleep(max(pause - (time.monotonic() - began), 1.0))


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
    from classroom.mentor.place.calendar import NoDate, in_zone, read_due, zone_name, zone_of
    from classroom.mentor.returning.workflow import NbgraderFault, NoLesson, release

    folder = the_folder(directory)
    try:
        zone = zone_of(folder)
        moment = read_due(due, zone) if due else None
        with in_turn(folder), open_way(folder):
            release(folder, assignment, moment, to_exchange=to_exchange)
    except NoDate as fault:
        raise typer.BadParameter(str(fault), param_hint="--due") from None
    except NoLesson:
        known = ", ".join(folder.course.lesson_ids)
        stop("desk.no_lesson", folder.lang, assignment=assignment, known=known)
    except NbgraderFault as fault:
        stop("desk.nbgrader_fault", folder.lang, log=fault)
    tell("desk.released", folder.lang, assignment=assignment)
    if moment is not None:
        tell("desk.due", folder.lang, when=in_zone(moment, zone))
        tell("desk.zone", folder.lang, zone=zone_name(folder) or "–", place=folder.settings_path)


@app.command()
def collect(
    assignment: Annotated[str, typer.Argument(help="The lesson; left out, all that are released.")] = "",
    directory: Root = HERE,
) -> None:
    """Fetch what was handed in: from the exchange or the shared folder, and from inbox/."""
    from classroom.mentor.classpage.attention import of_new_hand_ins
    from classroom.mentor.classpage.counted import tell_counted
    from classroom.mentor.collecting.collect import received_file
    from classroom.mentor.collecting.handin import submitted
    from classroom.mentor.collecting.remarks import trouble_sentence
    from classroom.mentor.exam.marking import mark_exams
    from classroom.mentor.returning.workflow import NbgraderFault, NoLesson, collect

    folder = the_folder(directory)
    try:
        with in_turn(folder), open_way(folder):
            found = collect(folder, assignment)
            mark_exams(folder)
            tell_counted(folder)
    except NoLesson:
        stop("desk.not_released", folder.lang, assignment=assignment)
    except NbgraderFault as fault:
        stop("desk.nbgrader_fault", folder.lang, log=fault)
    lying = {each: len(list(submitted(folder, each, None))) for each in folder.course.lesson_ids}
    if found.taken:
        tell("desk.collected", folder.lang, count=found.taken, what=_counted(found.by_lesson, folder.lang))
    else:
        tell("desk.collected_none", folder.lang)
    if any(lying.values()):
        tell("desk.collected_so_far", folder.lang, lessons=_counted(lying, folder.lang))
    for line in of_new_hand_ins(folder, found.letters):
        typer.echo(line)
    if found.questions:
        tell("desk.questions_came", folder.lang, count=found.questions)
    for learner, owner in found.not_theirs:
        tell("desk.not_theirs", folder.lang, student=learner, owner=owner)
    for each in received_file(folder).troubles():
        typer.echo(trouble_sentence(each, folder.lang))
    if found.closed:
        stop("desk.share_closed", folder.lang, place=found.closed)


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
        with in_turn(folder), open_way(folder):
            extend(folder, assignment, student, days=days)
            if not folder.has_stock_exchange:
                tell_class(folder)
    except NotListed:
        stop("desk.not_listed", folder.lang, assignment=assignment, student=student)
    except ValueError:
        raise typer.BadParameter(f"{days:g}", param_hint="--days") from None
    tell("desk.extended", folder.lang, student=student, days=f"{days:g}")


@app.command()
def prepare(assignment: Assignment, directory: Root = HERE) -> None:
    """Make the databases that a lesson is graded on; grading does it too, when they are missing."""
    from coursebook.packs import build_packs

    folder = the_folder(directory)
    build_packs(folder.course.lesson(assignment).placed_exercises(folder.lang), seed=folder.seed)
    tell("desk.prepared", folder.lang, assignment=assignment)


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

    folder = the_folder(directory)
    try:
        with stopping(folder), Bar(say("desk.judging", folder.lang)) as advance:
            report = grade_assignment(
                folder, assignment, student, again=again, workers=workers, scheduler=scheduler, progress=advance
            )
    except NoAssignment:
        stop("desk.no_assignment", folder.lang, assignment=assignment)
    except ClusterFault as fault:
        stop("desk.cluster_fault", folder.lang, cause=fault)
    tell_report(report, folder.lang)
    if not folder.has_stock_exchange:
        from classroom.mentor.returning.send import (
            tell_class,
        )  # with nbgrader, of which grading has need only once the judge has begun

        with suppress(Unreachable):  # told with the next step
            tell_class(folder)
    raise typer.Exit(1 if report.refused else 0)


@app.command()
def feedback(
    assignment: Assignment,
    directory: Root = HERE,
    student: Students = None,
    with_solutions: Annotated[bool, typer.Option("--with-solutions", help="Show solutions and explanations.")] = False,
    replace_all: Annotated[
        bool, typer.Option("--replace", help="Also where a comment or points that a learner has would be gone.")
    ] = False,
    to_exchange: Annotated[
        bool, typer.Option("--exchange/--no-exchange", help="Also put it into the exchange.")
    ] = True,
) -> None:
    """Write each learner's feedback page and release it."""
    from classroom.mentor.returning.feedback import make_feedback
    from classroom.mentor.returning.workflow import NbgraderFault, release_feedback

    folder = the_folder(directory)
    try:
        with in_turn(folder), open_way(folder):
            made = make_feedback(folder, assignment, student, with_solutions=with_solutions)
            done = release_feedback(folder, assignment, student, replace_all=replace_all) if to_exchange else None
    except NbgraderFault as fault:
        stop("desk.nbgrader_fault", folder.lang, log=fault)
    tell("desk.feedback_made", folder.lang, count=len(made))
    if done and done.keyless:
        tell("desk.feedback_by_hand", folder.lang, students=", ".join(done.keyless))
    for learner, gone in done.withheld.items() if done else ():
        exercises = say("desk.list_comma", folder.lang).join(gone)
        tell("desk.withheld", folder.lang, student=learner, exercises=exercises, assignment=assignment)
    scores_or_say(folder.root)


@app.command()
def verify(file: Annotated[Path, typer.Argument(help="The certificate's file.")], directory: Root = HERE) -> None:
    """Check a certificate against the class's key and the marks on this desk; needs no network."""
    from classroom.mentor.expo.certificates import told

    folder = the_folder(directory)
    with stopping(folder):
        lines, is_good = told(folder, file)
    typer.echo("\n".join(lines))
    raise typer.Exit(0 if is_good else 1)


def _counted(by_lesson: Mapping[str, int], lang: str) -> str:
    parts = (say("desk.collected_of", lang, lesson=each, count=count) for each, count in by_lesson.items() if count)
    return say("desk.list_comma", lang).join(parts)
