"""The publication guard: what is `live` is exactly what a complete chain of reviews has signed.

It stands twice. Here, for whoever goes through the ORM, with a message that says what to do; and as triggers in the
database (`guard_publication`), for whoever does not. Neither asks who is acting: a superuser passes neither.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self

from django.db import models

from gongkai.errors import GongkaiError
from gongkai.information.fingerprint import fingerprint
from gongkai_web.audit import guards

if TYPE_CHECKING:
    from gongkai_web.accounts.models import Agency


class PublicationRefused(GongkaiError):  # noqa: N818  # names the event
    """Something would have become public, or changed in public, without a complete chain of reviews."""


_UNSIGNED = "未完成签审的内容不能公开。"
_HINT = "请提交签审，由各环节审核人签审完成后再发布。"


class ReviewedQuerySet(models.QuerySet[Any]):
    """Refuses the bulk ways around the guard."""

    def update(self, **kwargs: Any) -> int:
        """Raises: `PublicationRefused` for a field that the guard watches."""
        watched = self.model.watched_fields()
        touched = sorted(watched & {name.removesuffix("_id") for name in kwargs})
        if touched:
            raise PublicationRefused("PUB-BULK", f"不能批量修改受签审保护的字段：{'、'.join(touched)}。", _HINT)
        return super().update(**kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Raises: `PublicationRefused` for a field that the guard watches."""
        fields = list(fields)
        touched = sorted(self.model.watched_fields() & set(fields))
        if touched:
            raise PublicationRefused("PUB-BULK", f"不能批量修改受签审保护的字段：{'、'.join(touched)}。", _HINT)
        return super().bulk_update(objs, fields, batch_size)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Raises: `PublicationRefused` when one of them is live."""
        objs = list(objs)
        if any(obj.live for obj in objs):
            raise PublicationRefused("PUB-BULK", _UNSIGNED, _HINT)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raises: `PublicationRefused` when one of them has been public or has gone into the chain."""
        if self.filter(first_published_at__isnull=False).exists():
            refuse_deletion()
        if self.model.has_cases(self.values("pk")):
            refuse_unrecording()
        return super().delete()


class Reviewed(models.Model):
    """Anything that passes the chain before it is public. Subclasses have `agency`, `live`, `first_published_at`."""

    signed_case = models.ForeignKey(
        "information.ReviewCase", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    signed_fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    CONTENT_FIELDS: ClassVar[tuple[str, ...]] = ()
    """Names of the fields that the public sees; a change of one voids the signatures."""
    STATE_FIELDS: ClassVar[tuple[str, ...]] = ("live", "signed_case", "signed_fingerprint", "first_published_at")

    objects = ReviewedQuerySet.as_manager()

    if TYPE_CHECKING:  # subclasses declare the columns, one of them by way of Wagtail
        agency: Agency
        live: bool
        first_published_at: datetime | None

    class Meta:
        abstract = True

    @classmethod
    def watched_fields(cls) -> frozenset[str]:
        """Fields that no bulk statement may touch."""
        return frozenset({*cls.CONTENT_FIELDS, *cls.STATE_FIELDS})

    @classmethod
    def subject_type(cls) -> str:
        """How a review case names this kind of thing, e.g. `information.informationitem`."""
        return cls._meta.label_lower

    @classmethod
    def newest(cls, pk: int) -> Self:
        """The newest content of that number, signed or not, as stored now."""
        found = cls._default_manager.get(pk=pk)
        assert isinstance(found, cls)  # noqa: S101  # says to the type checker whose manager it is
        return found

    def draft(self) -> Self:
        """The newest content, signed or not."""
        return self

    def content(self) -> dict[str, object]:
        """What the public would see, as plain values with readable labels left to the reader."""
        fields = {field.name: field for field in self._meta.concrete_fields}
        return {name: fields[name].value_from_object(self) for name in self.CONTENT_FIELDS}

    def content_fingerprint(self) -> str:
        """SHA-256 of `content()`."""
        return fingerprint(self.content())

    def authors(self) -> set[int]:
        """Primary keys of everybody who wrote in the present version."""
        raise NotImplementedError

    def may_be_public(self) -> str:
        """Why this must not be public even when signed, as a Chinese sentence; empty when it may."""
        return ""

    def assert_publishable(self) -> None:
        """Raises: `PublicationRefused` unless a complete case has signed exactly this content."""
        if reason := self.may_be_public():
            raise PublicationRefused("PUB-ATTRIBUTE", reason, "请核对公开属性。")
        case = self.signed_case
        if case is None or not case.covers(self):
            raise PublicationRefused("PUB-UNSIGNED", _UNSIGNED, _HINT)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises: `PublicationRefused` when something unsigned would be live."""
        if self.live and self._writes_content(kwargs.get("update_fields")):
            self.assert_publishable()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises: `PublicationRefused` for what has been public, or has been before reviewers."""
        if self.first_published_at is not None:
            refuse_deletion()
        if self.has_cases([self.pk]):
            refuse_unrecording()
        return super().delete(*args, **kwargs)

    @classmethod
    def has_cases(cls, keys: Any) -> bool:
        """Has one of these been sent into the chain?"""
        from gongkai_web.information.models.review import ReviewCase  # noqa: PLC0415  # it needs this module

        return ReviewCase.objects.filter(subject_type=cls.subject_type(), subject_id__in=keys).exists()

    def _writes_content(self, update_fields: Collection[str] | None) -> bool:
        return update_fields is None or bool(self.watched_fields() & set(update_fields))


def refuse_deletion() -> NoReturn:
    """Withdrawal leaves a tombstone; deletion would leave a hole in the index numbers."""
    raise PublicationRefused("PUB-DELETE", "曾经公开的信息不能删除。", "请使用“撤回”并写明理由，原网址会显示撤回说明。")


def refuse_unrecording() -> NoReturn:
    """A case keeps what was sent in and what reviewers said of it: its subject stays beside it."""
    raise PublicationRefused(
        "PUB-REVIEWED", "已经提交过签审的内容须与签审记录一起留存，不能删除。", "不再办理的，留作草稿即可，公众看不到。"
    )


def guard_publication(table: str, *, subject_type: str, content_columns: Sequence[str], also: str = "FALSE") -> None:
    """Register the triggers for one table. `also`: a further SQL condition under which a live row is refused."""
    unsigned = (
        "NOT EXISTS (SELECT 1 FROM information_reviewcase c WHERE c.id = NEW.signed_case_id "  # noqa: S608
        f"AND c.subject_type = '{subject_type}' AND c.subject_id = NEW.id AND c.state = 'complete' "
        "AND c.fingerprint = NEW.signed_fingerprint)"
    )  # every part is a constant of the calling module
    changed = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in content_columns)
    guards.register(
        guards.Guard(f"{table}_born_draft", table, "INSERT", "NEW.live", _UNSIGNED),
        guards.Guard(f"{table}_signed", table, "UPDATE", f"NEW.live AND ({unsigned} OR {also})", _UNSIGNED),
        guards.Guard(
            f"{table}_frozen",
            table,
            "UPDATE",
            f"NEW.live AND OLD.live AND NEW.signed_fingerprint = OLD.signed_fingerprint AND ({changed})",
            "已公开的内容不能直接修改，须重新签审。",
        ),
        guards.Guard(
            f"{table}_kept",
            table,
            "DELETE",
            "OLD.first_published_at IS NOT NULL OR EXISTS (SELECT 1 FROM information_reviewcase c "  # noqa: S608
            f"WHERE c.subject_type = '{subject_type}' AND c.subject_id = OLD.id)",
            "曾经公开的信息不能删除，请撤回；提交过签审的须留存。",
        ),
    )
