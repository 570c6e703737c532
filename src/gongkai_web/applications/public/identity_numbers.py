"""Whether a number can be what it is said to be. Only the arithmetic is checked: no register is asked."""

from __future__ import annotations

import re
from datetime import date

from gongkai.information.codes import is_social_credit_code

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CARD = re.compile(r"\d{17}[\dX]")


def is_identity_card(number: str) -> bool:
    """18 digits with a date of birth and the check digit of GB 11643.

    >>> is_identity_card("11010519491231002X"), is_identity_card("110105194912310021")
    (True, False)
    """
    if not _CARD.fullmatch(number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return (
        _CHECKS[sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11]
        == number[17]
    )


def problem_of(id_kind: str, number: str) -> str:
    """What is wrong with the number, as a sentence; empty where nothing is."""
    if id_kind == "identity_card" and not is_identity_card(number):
        return "居民身份证号码应为18位且校验位正确，请核对后重新填写。"
    if id_kind == "credit_code" and not is_social_credit_code(number):
        return "统一社会信用代码应为18位且校验码正确，请核对登记证书后重新填写。"
    return ""
