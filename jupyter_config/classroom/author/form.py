"""The form in which an exercise is made of a query from work."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.author.query_desk import NAMES
from classroom.author.words import word
from classroom.language import LANGS

if TYPE_CHECKING:
    from classroom.language import Lang


def form_html(lang: Lang) -> str:
    """Three steps, a button each; what they answer is put under them."""

    def said(code: str) -> str:
        return escape(word(f"form.{code}", lang))

    dialects = "".join(f'<option value="{each}">{escape(name)}</option>' for each, name in NAMES.items())
    titles = "".join(
        f'<label>{said(f"title_{each}")}<input name="title_{each}" lang="{each}" maxlength="120"></label>'
        for each in LANGS
    )
    prompts = "".join(
        f'<label>{said(f"prompt_{each}")}<textarea name="prompt_{each}" lang="{each}" rows="4" maxlength="4000"></textarea></label>'
        for each in LANGS
    )
    return f"""<form id="new" hidden aria-label="{said("title")}">
<h2>{said("title")}</h2><p>{said("what")}</p>
<label>{said("sql")}<textarea name="sql" rows="9" spellcheck="false" required></textarea></label>
<p><label class="beside">{said("dialect")} <select name="dialect">{dialects}</select></label>
<label class="beside">{said("lesson")} <select name="lesson"></select></label>
<button type="button" data-step="read">{said("read")}</button></p>
<div data-answer="read" aria-live="polite"></div>
<fieldset data-after="read" disabled><div class="pair">{titles}{prompts}</div>
<button type="button" data-step="propose">{said("propose")}</button> <small>{said("takes")}</small></fieldset>
<div data-answer="propose" aria-live="polite"></div>
<fieldset data-after="propose" disabled><button type="button" data-step="keep">{said("keep")}</button>
<small>{said("then")}</small></fieldset>
<div data-answer="keep" aria-live="polite"></div></form>"""
