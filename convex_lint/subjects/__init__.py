"""What a rule is asked about, in the words of Convex: modules, functions, calls, queries, references, cron jobs.

A subject is a view of one place of a linked project. Everything that it answers from outside its own module goes
through `Linked`. `SUBJECTS` says how the subjects of each class are found in a module; `GIVEN` makes the
project-wide facts that a rule names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convex_lint.link.effects import Effect, Effects
from convex_lint.link.filters import Filter
from convex_lint.link.identity import Grade
from convex_lint.link.uses import Need
from convex_lint.subjects import (
    absent,
    apps,
    arguments,
    astray,
    auth,
    blinded,
    borders,
    callbacks,
    calls,
    circular,
    claims,
    conditions,
    context,
    crons,
    cycles,
    defined,
    delays,
    directives,
    disclosures,
    documents,
    environment,
    errors,
    exported,
    fields,
    file_ids,
    files,
    frozen,
    functions,
    generated,
    growing,
    handovers,
    host,
    http,
    ids,
    imports,
    indexes,
    leftovers,
    limits,
    misreferences,
    module,
    names,
    omissions,
    options,
    pages,
    paging,
    promises,
    queries,
    references,
    repeated,
    responses,
    reuse,
    rounds,
    routers,
    runtimes,
    schema,
    schemaless,
    series,
    shape,
    steps,
    storage,
    stored,
    tables,
    unchecked,
    unrun,
    unsupported,
    untyped,
    validators,
    variables,
    written,
)
from convex_lint.subjects.absent import AbsentGlobal
from convex_lint.subjects.apps import AppDefinition
from convex_lint.subjects.arguments import Argument
from convex_lint.subjects.astray import Astray
from convex_lint.subjects.auth import AuthFault
from convex_lint.subjects.blinded import Blinded
from convex_lint.subjects.borders import AppOnly
from convex_lint.subjects.callbacks import AsyncCallback
from convex_lint.subjects.calls import Call, Dropped
from convex_lint.subjects.circular import Circular
from convex_lint.subjects.claims import ClaimUse
from convex_lint.subjects.clients import Clients
from convex_lint.subjects.clock import ClockRead
from convex_lint.subjects.conditions import JudgedCondition
from convex_lint.subjects.context import Lack
from convex_lint.subjects.crons import Cron
from convex_lint.subjects.cycles import LateRead, SchemaRead
from convex_lint.subjects.defined import Index, IndexField
from convex_lint.subjects.delays import Scheduled
from convex_lint.subjects.directives import DirectiveFault
from convex_lint.subjects.disclosures import Disclosure
from convex_lint.subjects.documents import ById
from convex_lint.subjects.environment import EnvFault
from convex_lint.subjects.errors import PlainError
from convex_lint.subjects.exported import ConditionalExport, MisnamedFunction
from convex_lint.subjects.fields import FieldUse
from convex_lint.subjects.file_ids import LooseFileId
from convex_lint.subjects.files import Skipped
from convex_lint.subjects.fitting import Misfit
from convex_lint.subjects.frozen import FrozenCall
from convex_lint.subjects.functions import Function, Registered
from convex_lint.subjects.generated import GeneratedFault
from convex_lint.subjects.growing import GrowingArray
from convex_lint.subjects.handovers import Handover
from convex_lint.subjects.host import HostCall
from convex_lint.subjects.http import Route, RouteField
from convex_lint.subjects.ids import StrangeId
from convex_lint.subjects.imports import Misplaced
from convex_lint.subjects.indexes import Comparison, Comparisons, IndexUse
from convex_lint.subjects.leftovers import LateFilter
from convex_lint.subjects.limits import ChosenLimit
from convex_lint.subjects.misreferences import DirectCall, Misreference
from convex_lint.subjects.module import Module
from convex_lint.subjects.names import SchemaName
from convex_lint.subjects.omissions import Omission
from convex_lint.subjects.options import SchemaOption
from convex_lint.subjects.owned import UnownedWrite
from convex_lint.subjects.pages import PageOptions
from convex_lint.subjects.paging import SecondPage
from convex_lint.subjects.promises import PromiseUse
from convex_lint.subjects.queries import QueryChain, QueryStep
from convex_lint.subjects.reach import Reach, Way
from convex_lint.subjects.references import ReferenceUse
from convex_lint.subjects.repeated import OwnChecks
from convex_lint.subjects.responses import Unanswered
from convex_lint.subjects.reuse import QueryReuse
from convex_lint.subjects.rounds import RunLoop
from convex_lint.subjects.routers import HttpFault
from convex_lint.subjects.runtimes import StrayImport
from convex_lint.subjects.schema import Field, Schema, Table
from convex_lint.subjects.schemaless import Schemaless
from convex_lint.subjects.series import RunSeries
from convex_lint.subjects.shape import SchemaFault
from convex_lint.subjects.steps import UnknownStep
from convex_lint.subjects.storage import StorageCall
from convex_lint.subjects.stored import StoredUrl
from convex_lint.subjects.tables import TableUse
from convex_lint.subjects.triggers import MissedTrigger
from convex_lint.subjects.trusted import TrustedArgument
from convex_lint.subjects.unchecked import UncheckedIdentity
from convex_lint.subjects.unrun import UnrunQuery
from convex_lint.subjects.unsupported import Unsupported
from convex_lint.subjects.untyped import Untyped
from convex_lint.subjects.validators import Operand, ValidatorUse
from convex_lint.subjects.variables import EnvRead
from convex_lint.subjects.written import WrittenReference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from convex_lint.link import Linked

SUBJECTS: dict[type, Callable[[Module], Iterable[Any]]] = {
    LateRead: cycles.find_late_reads,
    EnvFault: environment.find,
    EnvRead: variables.find,
    ConditionalExport: exported.find_conditional,
    JudgedCondition: conditions.find,
    MisnamedFunction: exported.find_misnamed,
    SchemaRead: cycles.find_schema_reads,
    Misplaced: imports.find,
    AbsentGlobal: absent.find,
    AppDefinition: apps.find,
    Argument: arguments.find,
    AppOnly: borders.find,
    Astray: astray.find,
    AuthFault: auth.find,
    AsyncCallback: callbacks.find,
    ById: documents.find,
    Call: calls.find,
    ChosenLimit: limits.find,
    DirectCall: misreferences.find_direct,
    DirectiveFault: directives.find,
    Disclosure: disclosures.find,
    Dropped: calls.find_dropped,
    FieldUse: fields.find,
    Handover: handovers.find,
    GeneratedFault: generated.find,
    HostCall: host.find,
    Cron: crons.find,
    FrozenCall: frozen.find,
    Function: functions.find,
    GrowingArray: growing.find,
    Index: defined.find,
    IndexUse: indexes.find,
    LateFilter: leftovers.find,
    HttpFault: routers.find,
    Lack: context.find,
    Misreference: misreferences.find,
    Module: module.find,
    Omission: omissions.find,
    PageOptions: pages.find,
    PlainError: errors.find,
    PromiseUse: promises.find,
    QueryChain: queries.find,
    QueryReuse: reuse.find,
    ReferenceUse: references.find,
    Registered: functions.find_registered,
    StrangeId: ids.find,
    StrayImport: runtimes.find,
    Route: http.find_routes,
    RunLoop: rounds.find,
    RunSeries: series.find,
    SecondPage: paging.find,
    Skipped: files.find_skipped,
    Scheduled: delays.find,
    SchemaFault: shape.find,
    SchemaName: names.find,
    StorageCall: storage.find,
    Table: schema.find_tables,
    TableUse: tables.find,
    ValidatorUse: validators.find,
    UnknownStep: steps.find,
    WrittenReference: written.find,
    Unanswered: responses.find,
    UncheckedIdentity: unchecked.find,
    ClaimUse: claims.find,
    TrustedArgument: functions.find_trusted,
    MissedTrigger: functions.find_missed,
    UnownedWrite: functions.find_unowned,
    UnrunQuery: unrun.find,
    SchemaOption: options.find,
    StoredUrl: stored.find,
    LooseFileId: file_ids.find,
    Untyped: untyped.find,
    Blinded: blinded.find,
    Schemaless: schemaless.find,
    OwnChecks: repeated.find,
    Circular: circular.find,
    Unsupported: unsupported.find,
}

GIVEN: dict[type, Callable[[Linked], Any]] = {Clients: Clients, Reach: Reach, Schema: Schema}

__all__ = [
    "GIVEN",
    "SUBJECTS",
    "AbsentGlobal",
    "AppDefinition",
    "AppOnly",
    "Argument",
    "Astray",
    "AsyncCallback",
    "AuthFault",
    "Blinded",
    "ById",
    "Call",
    "ChosenLimit",
    "Circular",
    "ClaimUse",
    "Clients",
    "ClockRead",
    "Comparison",
    "Comparisons",
    "ConditionalExport",
    "Cron",
    "DirectCall",
    "DirectiveFault",
    "Disclosure",
    "Dropped",
    "Effect",
    "Effects",
    "EnvFault",
    "EnvRead",
    "Field",
    "FieldUse",
    "Filter",
    "FrozenCall",
    "Function",
    "GeneratedFault",
    "Grade",
    "GrowingArray",
    "Handover",
    "HostCall",
    "HttpFault",
    "Index",
    "IndexField",
    "IndexUse",
    "JudgedCondition",
    "Lack",
    "LateFilter",
    "LateRead",
    "LooseFileId",
    "Misfit",
    "MisnamedFunction",
    "Misplaced",
    "Misreference",
    "MissedTrigger",
    "Module",
    "Need",
    "Omission",
    "Operand",
    "OwnChecks",
    "PageOptions",
    "PlainError",
    "PromiseUse",
    "QueryChain",
    "QueryReuse",
    "QueryStep",
    "Reach",
    "ReferenceUse",
    "Registered",
    "Route",
    "RouteField",
    "RunLoop",
    "RunSeries",
    "Scheduled",
    "Schema",
    "SchemaFault",
    "SchemaName",
    "SchemaOption",
    "SchemaRead",
    "Schemaless",
    "SecondPage",
    "Skipped",
    "StorageCall",
    "StoredUrl",
    "StrangeId",
    "StrayImport",
    "Table",
    "TableUse",
    "TrustedArgument",
    "Unanswered",
    "UncheckedIdentity",
    "UnknownStep",
    "UnownedWrite",
    "UnrunQuery",
    "Unsupported",
    "Untyped",
    "ValidatorUse",
    "Way",
    "WrittenReference",
]
