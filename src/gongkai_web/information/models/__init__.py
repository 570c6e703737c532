"""Items, attachments, reviews, the register of normative documents, new-media posts."""

from gongkai_web.information.models.attachment import AgencyDocument, Attachment, AttachmentKind
from gongkai_web.information.models.attribute import AttributeProposal, ProposalWay
from gongkai_web.information.models.closure import ClosureInterval, ClosureOutcome, ClosureReview
from gongkai_web.information.models.interpretation import Interpretation, InterpretationKind
from gongkai_web.information.models.item import IndexSerial, InformationItem, ItemQuerySet
from gongkai_web.information.models.media_post import MediaChannel, MediaPost
from gongkai_web.information.models.normative import NormativeEvent, NormativeRecord
from gongkai_web.information.models.review import ReviewAct, ReviewCase, ReviewChain, ReviewChainStep
from gongkai_web.information.models.reviewed import PublicationRefused, Reviewed, ReviewedQuerySet

__all__ = [
    "AgencyDocument",
    "Attachment",
    "AttachmentKind",
    "AttributeProposal",
    "ClosureInterval",
    "ClosureOutcome",
    "ClosureReview",
    "IndexSerial",
    "InformationItem",
    "Interpretation",
    "InterpretationKind",
    "ItemQuerySet",
    "MediaChannel",
    "MediaPost",
    "NormativeEvent",
    "NormativeRecord",
    "ProposalWay",
    "PublicationRefused",
    "ReviewAct",
    "ReviewCase",
    "ReviewChain",
    "ReviewChainStep",
    "Reviewed",
    "ReviewedQuerySet",
]
