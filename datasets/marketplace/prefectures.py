"""Where guests live, as each language writes it."""

from __future__ import annotations

PREFECTURES = (
    # name in Japanese and in English, region, weight
    ("東京都", "Tokyo", "首都圏", 39),
    ("神奈川県", "Kanagawa", "首都圏", 14),
    ("埼玉県", "Saitama", "首都圏", 8),
    ("千葉県", "Chiba", "首都圏", 8),
    ("愛知県", "Aichi", "東海", 8),
    ("大阪府", "Osaka", "関西", 11),
    ("兵庫県", "Hyogo", "関西", 3),
    ("京都府", "Kyoto", "関西", 3),
    ("福岡県", "Fukuoka", "九州", 6),
)


def prefectures_of(locale: str) -> tuple[str, ...]:
    """Return the prefectures as "ja" or "en" writes them, in the order of PREFECTURES."""
    return tuple(row[0] if locale == "ja" else row[1] for row in PREFECTURES)


def wordings(locale: str) -> dict[str, str]:
    """Return the Japanese values of data columns with their wording in a locale; nicknames and texts are no such pairs."""
    return {ja: local for ja, local in zip(prefectures_of("ja"), prefectures_of(locale), strict=True) if ja != local}
