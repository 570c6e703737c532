"""Codes that identify an organisation: 统一社会信用代码 (GB 32100) and 组织机构代码 (GB 11714)."""

from __future__ import annotations

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100 leaves out I, O, S, V and Z."""
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def social_credit_check_digit(body: str) -> str:
    """The 18th character for the first 17. Source: GB 32100-2015 §4.

    Raises: `ValueError` when a character is not in the standard's alphabet.

    >>> social_credit_check_digit("91350100M000100Y4")
    '3'
    """
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def is_social_credit_code(code: str) -> bool:
    """Is it an 18-character 统一社会信用代码 whose check digit fits?

    >>> is_social_credit_code("91350100M000100Y43"), is_social_credit_code("91350100M000100Y44")
    (True, False)
    """
    if len(code) != 18 or any(char not in _ALPHABET for char in code):
        return False
    return social_credit_check_digit(code[:17]) == code[17]


def organisation_check_digit(body: str) -> str:
    """The 9th character for the first 8. Source: GB 11714-1997 §4.

    >>> organisation_check_digit("D2143569")
    'X'
    """
    pairs = zip(body, _ORGANISATION_WEIGHTS, strict=True)
    remainder = 11 - sum(_ORGANISATION_ALPHABET.index(char) * weight for char, weight in pairs) % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def is_organisation_code(code: str) -> bool:
    """Is it a 9-character 组织机构代码 whose check digit fits?

    >>> is_organisation_code("D2143569X"), is_organisation_code("D21435691")
    (True, False)
    """
    if len(code) != 9 or any(char not in _ORGANISATION_ALPHABET for char in code):
        return False
    return organisation_check_digit(code[:8]) == code[8]


def organisation_code_of(social_credit_code: str) -> str:
    """Positions 9 to 17 of a 统一社会信用代码 are the 组织机构代码.

    >>> organisation_code_of("91350100M000100Y43")
    'M000100Y4'
    """
    return social_credit_code[8:17]
