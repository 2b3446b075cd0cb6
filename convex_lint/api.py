"""All that a rule may import."""

from convex_lint.diagnostics import Category, Edit, Finding, Fix, Place, Precision, Related, Safety, Severity
from convex_lint.rule import Findings, Preset, rule
from convex_lint.subjects import (
    AsyncCallback,
    Call,
    Cron,
    Dropped,
    Function,
    Module,
    PromiseUse,
    QueryChain,
    Reach,
    ReferenceUse,
    Registered,
    Way,
)

__all__ = [
    "AsyncCallback",
    "Call",
    "Category",
    "Cron",
    "Dropped",
    "Edit",
    "Finding",
    "Findings",
    "Fix",
    "Function",
    "Module",
    "Place",
    "Precision",
    "Preset",
    "PromiseUse",
    "QueryChain",
    "Reach",
    "ReferenceUse",
    "Registered",
    "Related",
    "Safety",
    "Severity",
    "Way",
    "rule",
]
