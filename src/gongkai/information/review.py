"""三审三校 and 保密审查: the chain of reviews that an item passes before it may be published.

A case is its list of acts, and everything else follows from it. The rules: every step by another person; the author
(and whoever else wrote in this version) signs nothing; a change of the content voids the signatures; a return ends the
case with a reason; doubtful secrecy is referred upward (待确定) and nobody signs until the answer is in.

Source: 条例 §17; 保守国家秘密法实施条例(2024) §42 (先审查、后公开，逐项审查).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from gongkai.errors import GongkaiError


class ReviewRefused(GongkaiError):  # noqa: N818  # reads as the event it is
    """The act is not open to this person or at this time; the message says why and what to do."""


class CaseState(Enum):
    """Where a case stands."""

    OPEN = "open"
    UNDETERMINED = "undetermined"
    COMPLETE = "complete"
    RETURNED = "returned"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The reviewers' word."""
        return _STATES[self]

    @property
    def is_final(self) -> bool:
        """Nothing more can happen in this case; a new one has to be opened."""
        return self in {CaseState.COMPLETE, CaseState.RETURNED, CaseState.REOPENED, CaseState.WITHDRAWN}


_STATES = {
    CaseState.OPEN: "签审中",
    CaseState.UNDETERMINED: "待确定",
    CaseState.COMPLETE: "签审完成",
    CaseState.RETURNED: "已退回",
    CaseState.REOPENED: "内容已变更，须重新签审",
    CaseState.WITHDRAWN: "已撤回",
}


class ActKind(Enum):
    """What a reviewer can do."""

    SIGNED = "signed"
    RETURNED = "returned"
    REFERRED = "referred"
    DETERMINED_OPEN = "determined_open"
    DETERMINED_CLOSED = "determined_closed"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The word on the sign-off sheet."""
        return _ACTS[self]


_ACTS = {
    ActKind.SIGNED: "同意",
    ActKind.RETURNED: "退回",
    ActKind.REFERRED: "报请确定",
    ActKind.DETERMINED_OPEN: "经确定可以公开",
    ActKind.DETERMINED_CLOSED: "经确定不得公开",
    ActKind.CHANGED: "内容变更",
    ActKind.WITHDRAWN: "撤回",
}


@dataclass(frozen=True)
class Step:
    """One step of a chain: `role` is the role that signs it, `checklist` what the signer confirms one by one."""

    code: str
    label: str
    role: str
    checklist: tuple[str, ...] = ()


DEFAULT_CHAIN = (
    Step(
        "first",
        "一审一校",
        "reviewer_1",
        ("内容真实、准确，事实和数据已核对", "人名、职务、机构名称和标题无误", "错别字、标点和格式已校对"),
    ),
    Step(
        "second",
        "二审二校",
        "reviewer_2",
        ("政策依据准确，与现行规定一致", "公开属性和栏目正确", "无商业秘密、个人隐私等不应公开的内容"),
    ),
    Step("third", "三审三校", "reviewer_3", ("导向正确，可以公开发布", "全文已通读，附件已逐一核对")),
    Step(
        "confidentiality",
        "保密审查",
        "confidentiality",
        ("不涉及国家秘密和工作秘密", "公开后不会危及国家安全、公共安全、经济安全、社会稳定"),
    ),
)
"""The usual arrangement of the institutions met; each agency may set its own."""


@dataclass(frozen=True)
class Act:
    """One thing a person did in a case. `step` is empty for a change of content."""

    kind: ActKind
    by: str
    at: datetime
    fingerprint: str
    step: str = ""
    opinion: str = ""
    checked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One item's way through the chain. Immutable: each act gives a new case."""

    steps: tuple[Step, ...]
    authors: frozenset[str]
    fingerprint: str
    acts: tuple[Act, ...] = field(default=())

    @property
    def state(self) -> CaseState:
        """Follows from the acts alone."""
        if not self.acts:
            return CaseState.OPEN
        last = self.acts[-1].kind
        if last in _ENDS:
            return _ENDS[last]
        return CaseState.COMPLETE if self.next_step is None else CaseState.OPEN

    @property
    def next_step(self) -> Step | None:
        """The step that has to be signed next; `None` when all are."""
        signed = {act.step for act in self.acts if act.kind is ActKind.SIGNED}
        return next((step for step in self.steps if step.code not in signed), None)

    @property
    def signers(self) -> frozenset[str]:
        """Who has signed a step."""
        return frozenset(act.by for act in self.acts if act.kind is ActKind.SIGNED)

    def refusal(self, person: str, *, roles: Collection[str]) -> ReviewRefused | None:
        """Why this person cannot act now; `None` when he can. `roles` are the ones he holds in the item's agency."""
        step = self.next_step
        if step is None or self.state is not CaseState.OPEN:
            return _refused("REV-STATE", f"这件信息现在是“{self.state.label}”，不能签审。", "请刷新页面查看最新状态。")
        if person in self.authors:
            return _refused("REV-AUTHOR", "您参与了这件信息的起草或修改，不能自己审自己。", "请由其他审核人签审。")
        if person in self.signers:
            return _refused(
                "REV-TWICE", "您已经签过前面的环节，各环节须由不同的人签审。", f"请由其他人办理{step.label}。"
            )
        if step.role not in roles:
            return _refused(
                "REV-ROLE", f"现在等待{step.label}，您没有这个角色。", "请等待前一环节完成或联系机构管理员。"
            )
        return None

    def sign(  # noqa: PLR0913  # who, in which role, when, on what, with what opinion: all are on the sheet
        self,
        person: str,
        *,
        roles: Collection[str],
        at: datetime,
        seen: str,
        opinion: str = "",
        checked: Collection[str],
    ) -> Case:
        """Sign the next step. `seen` is the fingerprint of what the signer had before him.

        Raises: `ReviewRefused` when he may not, when the content has moved on, or when a point is unchecked.
        """
        step = self._open_step(person, roles=roles, seen=seen)
        missing = [point for point in step.checklist if point not in checked]
        if missing:
            raise ReviewRefused(
                "REV-CHECKLIST", f"审核要点尚未逐项确认：{missing[0]}。", "请核对后勾选全部要点再签审。"
            )
        return self._with(Act(ActKind.SIGNED, person, at, seen, step.code, opinion, step.checklist))

    def give_back(self, person: str, *, roles: Collection[str], at: datetime, seen: str, opinion: str) -> Case:
        """退回 with a reason. Raises: `ReviewRefused` when he may not or gives no reason."""
        step = self._open_step(person, roles=roles, seen=seen)
        _demand(opinion, "退回须写明理由。")
        return self._with(Act(ActKind.RETURNED, person, at, seen, step.code, opinion))

    def refer(self, person: str, *, roles: Collection[str], at: datetime, seen: str, opinion: str) -> Case:
        """待确定: report upward where it is doubtful whether the item may be public.

        Raises: `ReviewRefused` when he may not or does not say what is doubtful.

        Source: 条例 §17(3).
        """
        step = self._open_step(person, roles=roles, seen=seen)
        _demand(opinion, "报请确定须写明疑点。")
        return self._with(Act(ActKind.REFERRED, person, at, seen, step.code, opinion))

    def determine(self, person: str, *, at: datetime, may_open: bool, opinion: str) -> Case:
        """Record the answer of the department in charge or of the secrecy administration.

        Raises: `ReviewRefused` when nothing is waiting for an answer, the person is an author, or no basis is given.
        """
        if self.state is not CaseState.UNDETERMINED:
            raise ReviewRefused("REV-NOT-REFERRED", "这件信息没有报请确定，无须登记确定结果。", "请刷新页面。")
        if person in self.authors:
            raise ReviewRefused("REV-AUTHOR", "您参与了起草或修改，不能登记确定结果。", "请由其他人登记。")
        _demand(opinion, "请写明作出确定的机关和文号。")
        kind = ActKind.DETERMINED_OPEN if may_open else ActKind.DETERMINED_CLOSED
        return self._with(Act(kind, person, at, self.fingerprint, self.acts[-1].step, opinion))

    def content_changed(self, person: str, *, at: datetime, to: str) -> Case:
        """A change of the content voids the signatures: the case ends and another has to be opened."""
        if to == self.fingerprint:
            return self
        return self._with(Act(ActKind.CHANGED, person, at, to))

    def withdraw(self, person: str, *, at: datetime, reason: str) -> Case:
        """What was public is taken back: its signatures are spent. Raises: `ReviewRefused` when nothing was signed."""
        if self.state is not CaseState.COMPLETE:
            raise ReviewRefused("REV-NOT-COMPLETE", "这件信息没有签审完成，无从撤回。", "请刷新页面查看最新状态。")
        return self._with(Act(ActKind.WITHDRAWN, person, at, self.fingerprint, opinion=reason))

    def _open_step(self, person: str, *, roles: Collection[str], seen: str) -> Step:
        refusal = self.refusal(person, roles=roles)
        if refusal is not None:
            raise refusal
        if seen != self.fingerprint:
            raise ReviewRefused(
                "REV-STALE", "内容在您打开之后又有变更，签审无效。", "请重新打开，看过最新内容后再签审。"
            )
        step = self.next_step
        assert step is not None  # noqa: S101  # `refusal` has just ruled it out
        return step

    def _with(self, act: Act) -> Case:
        return replace(self, acts=(*self.acts, act))


_ENDS = {
    ActKind.RETURNED: CaseState.RETURNED,
    ActKind.DETERMINED_CLOSED: CaseState.RETURNED,
    ActKind.REFERRED: CaseState.UNDETERMINED,
    ActKind.CHANGED: CaseState.REOPENED,
    ActKind.WITHDRAWN: CaseState.WITHDRAWN,
}


def check_chain(steps: Collection[Step]) -> list[GongkaiError]:
    """What is wrong with a configured chain; empty when nothing is."""
    found = []
    codes = [step.code for step in steps]
    if not codes:
        found.append(GongkaiError("CHAIN-EMPTY", "签审链至少要有一个环节。", "请添加环节。"))
    if len(set(codes)) != len(codes):
        found.append(GongkaiError("CHAIN-TWICE", "签审链里有重复的环节代码。", "请修改重复的代码。"))
    if not any(step.role == "confidentiality" for step in steps):
        found.append(GongkaiError("CHAIN-SECRECY", "签审链缺少保密审查环节（先审查、后公开）。", "请添加保密审查。"))
    return found


def _demand(opinion: str, message: str) -> None:
    if not opinion.strip():
        raise ReviewRefused("REV-OPINION", message, "请填写意见。")


def _refused(code: str, message: str, hint: str) -> ReviewRefused:
    return ReviewRefused(code, message, hint)
