"""Names and numbers with their middle left out, for lists and for those who may not see the person."""

from __future__ import annotations


def masked_name(name: str, *, organisation: bool = False) -> str:
    """The surname's first character, or the first two of an organisation.

    >>> masked_name("欧阳某某"), masked_name("某市晨光贸易有限公司", organisation=True), masked_name("")
    ('欧***', '某市****', '')
    """
    kept = 2 if organisation else 1
    return name[:kept] + "*" * min(4, max(0, len(name) - kept)) if len(name) > kept else "*" * len(name)


def masked_contact(contact: str) -> str:
    """The first three and the last two characters; of a mail address the first one and the host.

    >>> masked_contact("13800001234"), masked_contact("zhang@example.cn"), masked_contact("1234")
    ('138******34', 'z***@example.cn', '****')
    """
    if "@" in contact:
        name, _, host = contact.partition("@")
        return f"{name[:1]}***@{host}"
    if len(contact) < 7:
        return "*" * len(contact)
    return contact[:3] + "*" * (len(contact) - 5) + contact[-2:]
