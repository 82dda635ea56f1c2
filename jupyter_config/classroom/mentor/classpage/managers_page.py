"""The page for a manager: one file of HTML without scripts, to be sent, opened anywhere and printed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.mentor.classpage.managers import EXPO_LEVEL, SMALLEST, for_managers
from classroom.mentor.place.calendar import in_zone, zone_of
from classroom.mentor.place.wording import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classroom.mentor.classpage.managers import (
        AbilityCount,
        AskedAbout,
        HeldCertificate,
        MembersMarks,
        TeamForManagers,
    )
    from classroom.mentor.classpage.team_expos import ExpoOfTeam
    from classroom.mentor.classpage.whole import WholeClass

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body {{ font-family: system-ui, "Noto Sans CJK JP", "Hiragino Sans", Meiryo, sans-serif; max-width: 62em; margin: 2em auto; padding: 0 1em; line-height: 1.6; color: #1f2328; background: #fff; }}
h1 {{ font-size: 1.6em; margin-bottom: 0; }}
h2 {{ margin: 2em 0 .3em; border-bottom: 2px solid #1b5e8c; }}
h3 {{ font-size: 1.05em; margin: 1.3em 0 .3em; }}
h4 {{ font-size: .95em; margin: .8em 0 .2em; }}
table {{ border-collapse: collapse; }}
th, td {{ text-align: left; padding: .25em .9em .25em 0; border-bottom: 1px solid #d0d7de; vertical-align: top; font-weight: normal; }}
thead th {{ font-weight: 600; }}
td.count, th.count {{ text-align: right; white-space: nowrap; }}
.bar {{ display: inline-block; width: 7em; height: .7em; background: #e4e8ec; margin-right: .5em; }}
.bar span {{ display: block; height: 100%; background: #1b5e8c; print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
.quiet {{ color: #57606a; }}
blockquote {{ margin: .3em 0 .8em; padding-left: 1em; border-left: 3px solid #d0d7de; }}
section {{ break-inside: avoid-page; }}
</style></head><body><h1>{title}</h1>{body}</body></html>
"""


def managers_page(view: WholeClass, team: str = "") -> str:
    """The page on all teams, or on one.

    Raises:
        NoTeam: there is none of that name.
    """
    lang, found = view.folder.lang, for_managers(view, team)
    title = told("managers.title", lang, course=view.folder.course_id)
    head = [
        _p(told("managers.as_of", lang, when=in_zone(view.now, zone_of(view.folder))), "quiet"),
        _p(told("managers.with_marks" if any(each.marks for each in found) else "managers.without_marks", lang)),
    ]
    parts = [*head, _summary(found, lang) if len(found) > 1 else "", *(_team(each, view) for each in found)]
    return _PAGE.format(lang=lang, title=escape(title), body="".join(parts))


def _summary(teams: Iterable[TeamForManagers], lang: str) -> str:
    heads = [("team", ""), ("members", "count"), ("analyst", ""), ("certificates", "count"), ("shown", "")]
    rows = [
        _row(
            (_name(each, lang), ""),
            (str(each.members), "count"),
            (each.analyst or "–", ""),
            (str(len(each.certificates)), "count"),
            (_most_can(each, lang), ""),
        )
        for each in teams
    ]
    return _table([(told(f"managers.{code}", lang), kind) for code, kind in heads], rows)


def _most_can(team: TeamForManagers, lang: str) -> str:
    """On how many lines of the self-check at least half of the team can do it."""
    if not team.is_counted:
        return "–"
    half = sum(each.shown * 2 >= team.members for each in team.abilities)
    return told("managers.half_can", lang, count=half, of=len(team.abilities))


def _team(team: TeamForManagers, view: WholeClass) -> str:
    lang = view.folder.lang
    analyst = (
        told("managers.analyst_is", lang, name=team.analyst) if team.analyst else told("managers.no_analyst", lang)
    )
    parts = [
        f"<h2>{escape(told('managers.of_team', lang, team=_name(team, lang), count=team.members))}</h2>",
        _p(analyst) if team.name and team.is_counted else "",
        _expo(team.expo, view) if team.expo else "",
        *_certificates(team.certificates, view),
        *(_counts(team, view) if team.is_counted else [_p(told("managers.too_small", lang, count=SMALLEST), "quiet")]),
        *(_marks(team.marks, view) if team.marks else ()),
    ]
    return f"<section>{''.join(parts)}</section>"


def _expo(expo: ExpoOfTeam, view: WholeClass) -> str:
    """What a team works on together, with everybody's name."""
    lang = view.folder.lang
    names = told("managers.comma", lang).join(view.names.get(each, each) for each in expo.members)
    code = "managers.team_expo" if expo.issue else "managers.team_expo_begun"
    return _p(told(code, lang, issue=expo.issue, names=names, state=expo.state))


def _certificates(held: Iterable[HeldCertificate], view: WholeClass) -> Iterator[str]:
    lang = view.folder.lang
    yield _h3(told("managers.certificates", lang))
    rows = [_row((_passed(each, view), ""), (each.name, ""), (each.on, "")) for each in held]
    heads = [(told(f"managers.{code}", lang), "") for code in ("certificate", "holder", "on")]
    yield _table(heads, rows) if rows else _p(told("managers.no_certificates", lang), "quiet")


def _passed(held: HeldCertificate, view: WholeClass) -> str:
    if held.level == EXPO_LEVEL:
        return told("managers.expo", view.folder.lang)
    return told("managers.exam", view.folder.lang, level=_level(held.level, view))


def _level(number: int, view: WholeClass) -> str:
    lang = view.folder.lang
    name = next((each.name[lang] for each in view.folder.course.record.levels if each.number == number), "")
    return told("managers.level", lang, number=number, name=name)


def _counts(team: TeamForManagers, view: WholeClass) -> Iterator[str]:
    lang = view.folder.lang
    yield _h3(told("managers.abilities", lang))
    if any(each.shown for each in team.abilities):
        yield _p(told("managers.abilities_how", lang), "quiet")
    else:
        yield _p(told("managers.no_abilities", lang), "quiet")
    for level in dict.fromkeys(each.level for each in team.abilities if each.shown):
        of_level = [each for each in team.abilities if each.level == level]
        yield f"<h4>{escape(_level(level, view))}</h4>"
        yield _table([], [_ability(each, team.members) for each in of_level if each.shown])
        if nobody := sum(not each.shown for each in of_level):
            yield _p(told("managers.not_yet", lang, count=nobody), "quiet")
    yield _h3(told("managers.questions", lang))
    if not team.questions:
        yield _p(told("managers.no_questions", lang), "quiet")
        return
    yield "".join(_asked(each, lang) for each in team.questions)


def _ability(each: AbilityCount, members: int) -> str:
    bar = f'<span class="bar" aria-hidden="true"><span style="width:{100 * each.shown // members}%"></span></span>'
    return f"<tr><td>{escape(each.text)}</td><td class='count'>{bar}{each.shown} / {members}</td></tr>"


def _asked(each: AskedAbout, lang: str) -> str:
    about = f"{each.exercise} {each.title}".strip() or told("managers.about_nothing", lang)
    quoted = "".join(
        f"<blockquote>{escape(question)}<br><span class='quiet'>{escape(told('managers.reply', lang, text=reply))}</span></blockquote>"
        for question, reply in each.answered
    )
    return f"<div>{escape(told('managers.asked', lang, about=about, count=each.count))}{quoted}</div>"


def _marks(marks: Iterable[MembersMarks], view: WholeClass) -> Iterator[str]:
    lang = view.folder.lang
    lessons = list(view.released)
    rows = []
    for each in marks:
        points = {lesson: f"{got} / {possible}" for lesson, got, possible in each.points}
        rows.append(_row((each.name, ""), *((points.get(lesson, "–"), "count") for lesson in lessons)))
    yield _h3(told("managers.marks", lang))
    yield _table([(told("managers.holder", lang), ""), *((lesson, "count") for lesson in lessons)], rows)


def _name(team: TeamForManagers, lang: str) -> str:
    return team.name or told("managers.no_team", lang)


def _h3(text: str) -> str:
    return f"<h3>{escape(text)}</h3>"


def _p(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def _row(*cells: tuple[str, str]) -> str:
    return f"<tr>{''.join(_cell('td', *each) for each in cells)}</tr>"


def _table(heads: Iterable[tuple[str, str]], rows: Iterable[str]) -> str:
    head = "".join(_cell("th", text, kind, " scope='col'") for text, kind in heads)
    return f"<table>{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{''.join(rows)}</tbody></table>"


def _cell(tag: str, text: str, kind: str, more: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f"<{tag}{named}{more}>{escape(text)}</{tag}>"
