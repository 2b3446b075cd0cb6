"""The linked project: the symbols of all modules, resolved.

`Linked` is the one object that answers what a module cannot know from its own text. Its questions are asked by value:
an answer depends on the texts of the modules and on nothing else, is computed once, and is `UNKNOWN` for a question
that runs into itself. When a text changes, what rested on it is forgotten (see `shards`), and nothing else.

What code of one module asks about another is kept in its shard, so that it can be asked again (`Linked.holds`): as
long as all its answers are the same, so is all that follows from them in the module. These questions and their answers
are plain data, without a byte offset.
"""

from __future__ import annotations

import posixpath
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from convex_lint.facts.access import TRIGGERS
from convex_lint.facts.environment import ALWAYS_TYPED
from convex_lint.facts.packages import TIEBREAKERS
from convex_lint.link import (
    access,
    apps,
    asking,
    bundles,
    callers,
    classes,
    context,
    decisions,
    described,
    effects,
    ends,
    exposed,
    flows,
    giving,
    growth,
    identity,
    imports,
    infer,
    inline,
    logins,
    looking,
    maybe,
    modules,
    names,
    naming,
    orchestration,
    origins,
    paging,
    parameters,
    parts,
    played,
    reach,
    references,
    registered,
    relations,
    runtimes,
    schema,
    signatures,
    sought,
    tables,
    triggers,
    typed,
    uses,
)
from convex_lint.link.answers import EVERYTHING, UNSURE, Answers, Open
from convex_lint.link.identity import Grade
from convex_lint.link.shards import GRAPH, Bits, Held
from convex_lint.link.uses import Need
from convex_lint.resolve import resolve
from convex_lint.roles import role_of
from convex_lint.stubs import is_stub, path_of
from convex_lint.syntax.nodes import Literal, Name
from convex_lint.validators import NOT_KNOWN
from convex_lint.values import NULL, UNDEFINED, UNKNOWN, Closure, Global, Package, Promise, Value, awaited
from convex_lint.workspace import SUFFIXES, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from convex_lint.link.access import Asked, Run
    from convex_lint.link.access import Given as Handed
    from convex_lint.link.answers import Question
    from convex_lint.link.apps import Installed
    from convex_lint.link.callers import Callers, Mentions, Usage
    from convex_lint.link.context import Needs
    from convex_lint.link.decisions import Looks
    from convex_lint.link.described import Described
    from convex_lint.link.effects import Effects
    from convex_lint.link.ends import Ends
    from convex_lint.link.exposed import Exposed
    from convex_lint.link.flows import Flows
    from convex_lint.link.naming import Words
    from convex_lint.link.parts import Origins, Parts
    from convex_lint.link.reach import Edge, Guard, Way
    from convex_lint.link.references import Folder, Referred
    from convex_lint.link.registered import Deployed, Exposure, Registered
    from convex_lint.link.relations import Part
    from convex_lint.link.signatures import Given
    from convex_lint.link.sought import Sought
    from convex_lint.link.triggers import Triggers
    from convex_lint.link.uses import Users
    from convex_lint.summary import Summary
    from convex_lint.syntax.nodes import Binding, Call, Expression, Function, Type, TypeDeclaration
    from convex_lint.values import (
        Builder,
        ClassOf,
        Instance,
        Reference,
        SchemaDefinition,
        Structure,
        TableDefinition,
        Validator,
    )
    from convex_lint.workspace import Project, Workspace

__all__ = ["EVERYTHING", "Linked"]

T = TypeVar("T")

_CIRCULAR: Value = UNKNOWN
"""What a question that runs into itself is answered with."""


class Linked:
    """All modules of a workspace and what is known about them together.

    It asks another one that knows names alone (with `bits`, which both share), and asks no parameters: enough to find
    the functions that are registered, on which everything that is known about parameters rests.
    """

    def __init__(self, workspace: Workspace, summaries: Mapping[str, Summary], *, bits: Bits | None = None) -> None:
        self.workspace = workspace
        self.summaries = summaries
        self._only_names = bits is not None
        self._bits = bits or Bits()
        self._names = self if self._only_names else Linked(workspace, summaries, bits=self._bits)
        self._answers = Answers(self._bits)
        self._provisional: dict[object, Value] = {}
        self._resolved: dict[tuple[str, str], str | None] = {}
        self._homes: dict[tuple[str, str], str] = {}
        self._projects: dict[str, Project | None] = {}
        self._schemas: dict[str, str | None] = {}
        self._folders: dict[str, str | None] = {}
        self._trees: dict[str, Folder | None] = {}
        self._parts: dict[str, tuple[Part, int]] = {}
        self._relations = relations.Relations()
        self._graph = reach.Graph()
        self._bundles = bundles.Bundles()
        self._runtimes = runtimes.Runtimes()
        self._described: Described | None = None
        self._tested: tuple[Words, ...] | None = None
        self._indexes_tested: frozenset[tuple[str | None, str]] | None = None

    # Changes.

    def change(self, workspace: Workspace, summaries: Mapping[str, Summary]) -> int:
        """Take other texts of the same modules; return the bits of what has changed.

        The paths, projects, aliases and packages of the workspace must be what they were.
        """
        texts = [path for path, summary in summaries.items() if self.summaries[path] is not summary]
        changed = 0
        for path in texts:
            changed |= self._bits.text(path)
        self._names.forget(workspace, summaries, texts, changed)
        self.workspace, self.summaries = workspace, summaries
        for path, (_, footing) in list(self._parts.items()):
            if footing & changed:
                changed |= self._say(path)
        self.forget(workspace, summaries, texts, changed)
        if self._graph.is_built and self._graph.build(self):
            changed |= GRAPH
        if self._bundles.is_built and self._bundles.build(self):
            changed |= GRAPH
        if self._runtimes.is_built and self._runtimes.build(self):
            changed |= GRAPH
        return changed

    def forget(self, workspace: Workspace, summaries: Mapping[str, Summary], texts: list[str], changed: int) -> None:
        """Take other texts, and forget what rests on what has changed."""
        self.workspace = workspace
        self.summaries = summaries
        self._answers.forget(texts, changed)

    def asked_by(self, path: str) -> tuple[dict[Question, object], dict[Question, object]]:
        """Return what code of a module asked about others, with the answers; the second ones are by names alone."""
        return self.asked_here(path), self._names.asked_here(path)

    def asked_here(self, path: str) -> dict[Question, object]:
        """Return what code of a module asked about others, with the answers."""
        return self._answers.of(path).asked.copy()

    def holds(self, asked: tuple[dict[Question, object], dict[Question, object]]) -> bool:
        """Ask again what code of a module asked about others; say whether all answers are what they were."""
        with self._names.asking() as footing:
            same = self.all_hold(asked[0]) and self._names.all_hold(asked[1])
            self._answers.footing |= footing()
        return same

    def all_hold(self, asked: dict[Question, object]) -> bool:
        """Ask questions again; say whether all answers are what they were."""
        with self._answers.nowhere():
            return all(self._again(question) == answer for question, answer in asked.items())

    def _again(self, question: Question) -> object:
        name, *about = question
        try:
            return getattr(self, str(name))(*about)
        except (KeyError, IndexError):
            return UNSURE  # what it was about is no longer there

    def asking(self) -> AbstractContextManager[Callable[[], int]]:
        """Ask on behalf of a module: what is given tells the bits that the answers rest on."""
        return self._answers.apart()

    def at(self, path: str) -> AbstractContextManager[None]:
        """Ask as code of a module, which is where the expressions stand that are asked about."""
        return self._answers.at(path)

    def give_up(self) -> None:
        """Go on after a question that was broken off."""
        self._answers.give_up()

    def unsure(self) -> object:
        """Return the answer that is never the same again."""
        return UNSURE

    @property
    def here(self) -> str:
        """The module whose code is looked at."""
        return self._answers.here.path

    def backend(self) -> list[str]:
        """Return the modules that are no clients: what these call and pass on changes nothing of what is deployed."""
        roles = self.workspace.roles
        return [path for path in self.summaries if roles.get(path) is not Role.CLIENT]

    # What code is.

    def value(self, expression: Expression) -> Value:
        """Return what an expression is."""
        # The question that is asked most: to look at the type costs a fraction of what `isinstance` does.
        if type(expression) is Name:
            bound = expression.binding
            if bound is not None:
                return self.binding(bound, expression.scope.path)
            return classes.this(expression) if expression.text == "this" else Global(expression.text)
        answers = self._answers
        here = answers.here
        if type(expression) is Literal:
            answers.footing |= here.text
            return infer.literal(expression)
        found = here.values.get(expression)
        if found is None:
            return answers.local(here.values, expression, self, infer.FORMS.get(expression.__class__, infer.unknown))
        if type(found) is Held:
            answers.footing |= found.footing
            kept: Value = found.answer
            return kept
        answers.footing |= here.text
        known: Value = found
        return known

    def binding(self, binding: Binding, path: str) -> Value:
        """Return what a name stands for."""
        answers = self._answers
        here = answers.here
        shard = here if here.path == path else answers.of(path)
        found: Any = shard.bindings.get(binding)
        kept: Value
        if found.__class__ is Held:
            answers.footing |= found.footing
            kept = found.answer
            return kept
        if found is not None and found.__class__ is not Open:
            answers.footing |= shard.text
            kept = found
            return kept
        known = self._provisional.get(binding, UNKNOWN)
        return answers.answer(shard, shard.bindings, binding, known, lambda: self._bound(binding, path))

    def _bound(self, binding: Binding, path: str) -> Value:
        try:
            return names.binding(self, binding, path)
        finally:
            self._provisional.pop(binding, None)

    def provisional(self, binding: Binding, value: Value) -> None:
        """Say what a name that is assigned more than once is known to be so far."""
        self._provisional[binding] = value

    def type(self, written: Type | None) -> Value:
        """Return what a value of a type is."""
        return typed.value(self, written) if written is not None else UNKNOWN

    # What a module says to others. A question is the name of the method and its arguments, which are plain data.

    def resolve(self, specifier: str, importer: str) -> str | None:
        """Return the path of the module that an import names, or None where it is not in the workspace."""
        key = (specifier, importer)
        if key not in self._resolved:
            self._resolved[key] = resolve(specifier, importer, self.workspace)
        return self._answers.told(("resolve", *key), self._resolved[key])

    def loads(self, path: str) -> tuple[str, ...]:
        """Return the modules of the workspace that a module loads before it runs."""
        none: tuple[str, ...] = ()
        found = ("loads", path)
        return self._question(path, found, none, lambda: tuple(imports.loaded(self, self.summaries[path])))

    def late(self, path: str) -> frozenset[str]:
        """Return the modules that a module loads, itself or through others, and that are run behind it."""
        if not self._bundles.is_built:
            with self._aside():
                self._bundles.build(self)
        self._answers.footing |= GRAPH
        return self._answers.told(("late", path), self._bundles.late(path))

    def runs_by(self, path: str, runtime: str) -> str | None:
        """Return the entry point that brings a module into the bundle of a runtime, `default` or `node`, if any."""
        if not self._runtimes.is_built:
            with self._aside():
                self._runtimes.build(self)
        self._answers.footing |= GRAPH
        return self._answers.told(("runs_by", path, runtime), self._runtimes.entry(path, runtime))

    def is_for_node(self, path: str) -> bool:
        """Say whether a module begins with the directive for Node."""
        question = ("is_for_node", path)
        return self._question(path, question, circular=False, compute=lambda: self.summaries[path].node)

    def has_node_imports(self, path: str) -> bool:
        """Say whether a module imports what only Node can resolve."""
        question = ("has_node_imports", path)
        return self._question(path, question, circular=False, compute=lambda: any(runtimes.of_node(self, path)))

    def sets_global(self, path: str, name: str) -> bool:
        """Say whether a module may put something in the place of a global."""
        question = ("sets_global", path, name)
        return self._question(path, question, circular=False, compute=lambda: runtimes.sets_global(self, path, name))

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """Ask for what rests on the workspace as a whole, not on behalf of a module."""
        outer = self._answers.footing
        with self._answers.nowhere():
            yield
        self._answers.footing = outer

    def origin(self, path: str, name: str) -> tuple[str, str] | None:
        """Return the module and the name that an export is defined under, through re-exports of the workspace."""
        nothing: tuple[str, str] | None = None
        return self._question(path, ("origin", path, name), nothing, lambda: modules.origin(self, path, name))

    def is_hoisted(self, path: str, name: str) -> bool:
        """Say whether an export is a function that is declared, and so is there before its module is run."""
        question = ("is_hoisted", path, name)
        return self._question(path, question, circular=False, compute=lambda: modules.is_hoisted(self, path, name))

    def home(self, specifier: str, importer: str) -> str:
        """Return the functions folder of the generated code that an import means; empty where it is not known."""
        key = (specifier, importer)
        if key not in self._homes:
            self._homes[key] = modules.home(self, specifier, importer)
        return self._answers.told(("home", *key), self._homes[key])

    def project_of(self, path: str) -> Project | None:
        """Return the project that a module belongs to."""
        if path not in self._projects:
            self._projects[path] = self.workspace.project_of(path)
        return self._answers.told(("project_of", path), self._projects[path])

    def modules_of(self, folder: str) -> Iterator[str]:
        """Yield the modules of the project with a functions folder, by path."""
        for path in sorted(self.summaries):
            project = self.project_of(path)
            if project is not None and project.folder == folder:
                yield path

    def role(self, path: str) -> Role:
        """Return what a module is to its project."""
        known = self.workspace.roles.get(path)
        if known is not None:
            return self._answers.told(("role", path), known)
        return self._question(path, ("role", path), Role.ENTRY, lambda: self._role(path))

    def _role(self, path: str) -> Role:
        project = self.project_of(path)
        return role_of(path, project.folder if project is not None else None, self.text(path))

    def runs_in_node(self, path: str) -> bool:
        """Say whether the functions of a module run in Node (`"use node"`)."""
        question = ("runs_in_node", path)
        return self._question(path, question, circular=False, compute=lambda: self.summaries[path].node)

    def imports(self, specifier: str) -> bool:
        """Say whether any module imports what a stub describes."""
        return self._answers.told(("imports", specifier), path_of(specifier) in self.summaries)

    def export(self, path: str, name: str) -> Value:
        """Return what a module exports under a name."""
        return self._question(path, ("export", path, name), _CIRCULAR, lambda: modules.export(self, path, name))

    def declared(self, declaration: TypeDeclaration, path: str, depth: int) -> Value:
        """Return what a value of a type is that a module declares, one without type parameters.

        `depth` is how many declared types within one another are looked at.
        """
        answers = self._answers
        shard = answers.of(path)
        key = (declaration, depth)
        return answers.answer(shard, shard.rest, key, _CIRCULAR, lambda: typed.declared(self, declaration, depth))

    def exported_type(self, path: str, name: str, given: tuple[Value, ...], depth: int) -> Value:
        """Return what a value of a type is that a module exports under a name; `given` are its type arguments."""
        question = ("exported_type", path, name, given, depth)
        return self._question(path, question, _CIRCULAR, lambda: typed.exported(self, path, name, given, depth))

    def member(self, of: ClassOf, name: str, given: tuple[Value, ...] = ()) -> Value:
        """Return a member of an object of a class; `given` is what the type parameters of the class stand for."""
        question = ("member", of, name, given)
        return self._question(of.path, question, _CIRCULAR, lambda: classes.member(self, of, name, given))

    def base(self, of: ClassOf, given: tuple[Value, ...]) -> Instance | None:
        """Return what an object of a class is as one of the class that this extends."""
        return self._question(of.path, ("base", of, given), None, lambda: classes.base(self, of, given))

    def result(self, function: Function) -> Value:
        """Return what calling a function gives; for an asynchronous one, a promise."""
        return self.given(function.scope.path, function.ordinal)

    def given(self, path: str, ordinal: int) -> Value:
        """Return what calling the function with an ordinal in a module gives."""
        function = self._function(path, ordinal)
        circular: Value = Promise(UNKNOWN) if function.asynchronous else UNKNOWN
        return self._question(path, ("given", path, ordinal), circular, lambda: infer.result(self, function))

    def may_give(self, path: str, ordinal: int) -> bool:
        """Say whether the function with an ordinal in a module may give a promise."""
        found = self._function(path, ordinal)
        question = ("may_give", path, ordinal)
        return self._question(path, question, circular=False, compute=lambda: maybe.function(self, found))

    def identity(self, path: str, ordinal: int) -> Grade:
        """Return what the function with an ordinal in a module does about who calls it."""
        found = self._function(path, ordinal)
        question = ("identity", path, ordinal)
        return self._question(path, question, Grade.NONE, lambda: identity.grade(self, found))

    def asks(self, path: str) -> bool:
        """Say whether a module asks Convex who calls."""
        question = ("asks", path)
        return self._question(path, question, circular=False, compute=lambda: asking.first(self, path) is not None)

    def guards(self, path: str, ordinal: int) -> bool:
        """Say whether a handler goes on for nobody who is not logged in."""
        found = self._function(path, ordinal)
        question = ("guards", path, ordinal)
        return self._question(path, question, circular=False, compute=lambda: identity.guards(self, found))

    def own_checks(self, path: str) -> int:
        """Return how many handlers of a module check who calls with code of their own."""
        question = ("own_checks", path)
        return self._question(path, question, 0, lambda: sum(1 for _ in inline.checks(self, path)))

    def asserts(self, path: str, ordinal: int, index: int) -> bool:
        """Say whether a function ends as it should only where a parameter is something."""
        found = self._function(path, ordinal)
        question = ("asserts", path, ordinal, index)
        return self._question(path, question, circular=False, compute=lambda: identity.asserts(found, index))

    def anyone(self, path: str, ordinal: int, given: Handed, asked: Asked) -> Run:
        """Return how the function with an ordinal in a module is run by somebody who is not logged in."""
        found = self._function(path, ordinal)
        question = ("anyone", path, ordinal, given, asked)
        return self._question(path, question, access.STOPS, lambda: access.of(self, found, given, asked))

    def tells_apart(self, path: str) -> bool:
        """Say whether a module has to do with who calls."""
        question = ("tells_apart", path)
        return self._question(path, question, circular=False, compute=lambda: logins.tells_apart(self, path))

    def has_logins(self, folder: str) -> bool:
        """Say whether anything of a functions folder, or of what it may use, has to do with who calls."""
        shard, none = self._answers.of(""), frozenset[str]()
        known = self._answers.answer(shard, shard.rest, "logins", none, lambda: logins.folders(self))
        return self._answers.told(("has_logins", folder), not known.isdisjoint((folder, "")))

    def exposed(self, path: str) -> tuple[Exposed, ...]:
        """Return the public functions of a module by which anyone can have something done."""
        none: tuple[Exposed, ...] = ()
        return self._question(path, ("exposed", path), none, lambda: tuple(exposed.find(self, path)))

    def exposed_in(self, folder: str) -> tuple[Exposed, ...]:
        """Return the public functions of a functions folder by which anyone can have something done."""
        shard, key = self._answers.of(""), ("exposed", folder)
        none: tuple[Exposed, ...] = ()
        known = self._answers.answer(shard, shard.rest, key, none, lambda: exposed.together(self, folder))
        return self._answers.told(("exposed_in", folder), known)

    def triggers(self, path: str) -> Triggers:
        """Return what a module does about triggers."""
        return self._question(path, ("triggers", path), triggers.NOTHING, lambda: triggers.of(self, path))

    def project_triggers(self, folder: str) -> Triggers:
        """Return what the modules of a functions folder do about triggers; nothing where nobody imports them."""
        if not self.imports(TRIGGERS):
            return triggers.NOTHING
        shard, key = self._answers.of(""), ("triggers", folder)
        known = self._answers.answer(shard, shard.rest, key, triggers.NOTHING, lambda: triggers.together(self, folder))
        return self._answers.told(("project_triggers", folder), known)

    def applied(self, path: str, ordinal: int, given: Given) -> Value:
        """Return what a declared function gives that is called with `given`."""
        function = self._function(path, ordinal)
        question = ("applied", path, ordinal, given)
        return self._question(path, question, _CIRCULAR, lambda: signatures.applied(self, function, given))

    def takes(self, path: str, ordinal: int, given: Given, index: int) -> Value:
        """Return what a function says that it takes as an argument, where it is called with `given`."""
        function = self._function(path, ordinal)
        question = ("takes", path, ordinal, given, index)
        return self._question(path, question, _CIRCULAR, lambda: signatures.takes(self, function, given, index))

    def effects(self, path: str, ordinal: int) -> Effects:
        """Return what the function with an ordinal in a module does when it runs, through all that it calls."""
        found = self._function(path, ordinal)
        question = ("effects", path, ordinal)
        return self._question(path, question, effects.NOTHING, lambda: effects.of(self, found))

    def only_runs(self, path: str, ordinal: int) -> bool:
        """Say whether the function with an ordinal in a module surely runs queries and mutations, and else computes."""
        found = self._function(path, ordinal)
        question = ("only_runs", path, ordinal)
        return self._question(path, question, circular=False, compute=lambda: orchestration.only_runs(self, found))

    def computes(self, path: str, ordinal: int) -> bool:
        """Say whether the function with an ordinal in a module surely does nothing but compute."""
        found = self._function(path, ordinal)
        question = ("computes", path, ordinal)
        return self._question(path, question, circular=False, compute=lambda: orchestration.computes(self, found))

    def needs(self, path: str, ordinal: int, index: int) -> Needs:
        """Return what the function with an ordinal in a module takes of a parameter that is ctx, or a part of it."""
        found = self._function(path, ordinal)
        question = ("needs", path, ordinal, index)
        return self._question(path, question, context.NOTHING, lambda: context.needs(self, found, index))

    def surely(self, path: str, ordinal: int, index: int, member: tuple[str, ...]) -> bool:
        """Say whether a function takes a member of a parameter that is ctx on every way through it."""
        found = self._function(path, ordinal)
        question = ("surely", path, ordinal, index, member)
        return self._question(
            path, question, circular=False, compute=lambda: context.surely(self, found, index, member)
        )

    def paginates(self, path: str, ordinal: int) -> bool:
        """Say whether the function with an ordinal in a module surely reads a page of a query, where it ends well."""
        if not self.may_paginate(path):
            return False
        found = self._function(path, ordinal)
        question = ("paginates", path, ordinal)
        return self._question(path, question, circular=False, compute=lambda: paging.surely(self, found))

    def pages(self, path: str, ordinal: int, joined: bool) -> int:  # noqa: FBT001  a question is plain data
        """Return how many pages of queries a run of a function may read (see `paging.most`)."""
        found = self._function(path, ordinal)
        question = ("pages", path, ordinal, joined)
        return self._question(path, question, 0, lambda: paging.most(self, found, joined=joined))

    def may_paginate(self, path: str) -> bool:
        """Say whether a module may read a page of a query, itself or by a helper in another module."""
        question = ("may_paginate", path)
        return self._question(path, question, circular=False, compute=lambda: paging.may(self, path))

    def has_pages(self, path: str) -> bool:
        """Say whether a module has a call that may read a page of a query."""
        question = ("has_pages", path)
        return self._question(path, question, circular=False, compute=lambda: bool(paging.direct(self, path)))

    def origins(self, expression: Expression) -> Origins:
        """Return where an expression of the module that asks comes from."""
        return origins.of(self, expression)

    def origin_kinds(self, expression: Expression) -> frozenset[str]:
        """Return of which kinds the origins are of an expression of the module that asks."""
        return frozenset(one.kind for one in self.origins(expression))

    def returned_parts(self, closure: Closure, steps: tuple[str, ...], depth: int) -> Parts:
        """Return what a part of what a function returns is made of."""
        question = ("returned_parts", closure, steps, depth)
        found = self._function(closure.path, closure.ordinal)
        nothing: Parts = parts.NOWHERE
        return self._question(closure.path, question, nothing, lambda: parts.returned(self, found, steps, depth))

    def exported_origins(self, path: str, name: str, steps: tuple[str, ...], depth: int) -> Origins:
        """Return where a part of what a module exports under a name comes from."""
        question = ("exported_origins", path, name, steps, depth)
        return self._question(path, question, parts.NOWHERE, lambda: origins.exported(self, path, name, steps, depth))

    def received_origins(self, closure: Closure, index: int, steps: tuple[str, ...], depth: int) -> Origins:
        """Return where a part of what a parameter of a function receives comes from."""
        question = ("received_origins", closure, index, steps, depth)
        found = self._function(closure.path, closure.ordinal)
        return self._from_outside(
            closure.path, question, parts.NOWHERE, lambda: origins.received(self, found, index, steps, depth)
        )

    def flows(self, closure: Closure, depth: int = flows.DEPTH) -> Flows:
        """Return where the database gets what a function receives, through all that it calls."""
        found = self._function(closure.path, closure.ordinal)
        question = ("flows", closure, depth)
        return self._question(closure.path, question, flows.NOTHING, lambda: flows.of(self, found, depth))

    def looks(self, closure: Closure) -> Looks:
        """Return the tables that a function looks at before it goes on; None where it may tell users apart."""
        found = self._function(closure.path, closure.ordinal)
        nothing: Looks = None
        return self._question(closure.path, ("looks", closure), nothing, lambda: decisions.of(self, found))

    def described(self) -> Described:
        """Return what the stubs of packages describe, all together."""
        if self._described is None:
            found = [self.describes(path) for path in self.summaries if is_stub(path)]
            promising = frozenset[str]().union(*(one.promising for one in found))
            takers = frozenset[str]().union(*(one.takers for one in found))
            self._described = described.Described(promising, takers)
        return self._answers.told(("described",), self._described)

    def describes(self, path: str) -> Described:
        """Return what a stub describes."""
        nothing = described.Described()
        return self._question(path, ("describes", path), nothing, lambda: described.of(self, path))

    def handed(self, path: str, ordinal: int, parameter: int, index: int) -> Value:
        """Return what a function gives, as an argument, to the function that it receives as a parameter."""
        function = self._function(path, ordinal)
        question = ("handed", path, ordinal, parameter, index)
        return self._question(path, question, _CIRCULAR, lambda: parameters.handed(self, function, parameter, index))

    def parameter_ends(self, path: str, ordinal: int, index: int) -> Ends:
        """Return what runs the query that the function with an ordinal in a module is given."""
        function = self._function(path, ordinal)
        question = ("parameter_ends", path, ordinal, index)
        return self._question(path, question, ends.NOWHERE, lambda: ends.of_parameter(self, function, index))

    def function(self, closure: Closure) -> Function:
        """Return the function that a closure names; what is in its body is to be asked for with `at` its module."""
        answers = self._answers
        shard = answers.of(closure.path)
        answers.footing |= shard.text
        found = self._function(closure.path, closure.ordinal)
        answers.told(("shape", closure), _shape(found), shard)
        return found

    def shape(self, closure: Closure) -> object:
        """Return what is to be seen of a function without looking into it."""
        return _shape(self._function(closure.path, closure.ordinal))

    def _function(self, path: str, ordinal: int) -> Function:
        return self.summaries[path].code.functions[ordinal]

    def text(self, path: str) -> bytes:
        """Return the text of a module; whatever is asked for with it is asked again when that text changes."""
        answers = self._answers
        shard = answers.of(path)
        answers.footing |= shard.text
        return answers.told(("text", path), self.workspace.sources[path].data, shard)

    # Registered functions.

    def registered(self, path: str) -> tuple[Registered, ...]:
        """Return the functions that a module registers, in the order of its text."""
        if self._only_names:
            shard = self._answers.of(path)
            none: tuple[Registered, ...] = ()
            return self._answers.answer(
                shard, shard.rest, "registered", none, lambda: tuple(registered.find(self, self.summaries[path]))
            )
        with self._names.asking() as footing:
            found = self._names.registered(path)
            self._answers.footing |= footing()
        return found

    def deployed(self, path: str) -> tuple[Deployed, ...]:
        """Return the functions that a module registers, in symbols."""
        none: tuple[Deployed, ...] = ()
        return self._question(
            path,
            ("deployed", path),
            none,
            lambda: tuple(registered.deployed(self, path)),
        )

    def validator(self, path: str, name: str, part: str) -> Validator | None:
        """Return what validates the arguments (`args`) or the result (`returns`) of a function that a module exports.

        None where there surely is no validator; one of which nothing is known where that is not seen.
        """
        question = ("validator", path, name, part)
        unknown: Validator | None = NOT_KNOWN
        return self._question(path, question, unknown, lambda: registered.validator_of(self, path, name, part))

    def refers(self, reference: Reference) -> Referred:
        """Return what a reference leads to: a function, surely nothing, or what is not known."""
        return self._answers.told(("refers", reference), references.of(self, reference))

    def target(self, reference: Reference) -> Deployed | None:
        """Return the function that a reference means, where that is known."""
        return self.refers(reference).target

    def offers(self, path: str, name: str) -> Referred:
        """Return the registered function that a module exports under a name, or that it surely exports none."""
        question = ("offers", path, name)
        return self._question(path, question, references.NOT_KNOWN, lambda: references.offered(self, path, name))

    def functions_of(self, path: str) -> tuple[str, ...]:
        """Return the names under which a module surely exports registered functions."""
        none: tuple[str, ...] = ()
        return self._question(path, ("functions_of", path), none, lambda: references.functions_of(self, path))

    def named(self, folder: str, name: str) -> tuple[str, ...]:
        """Return the functions of a functions folder that have a name, as they are referred to."""
        return self._answers.told(("named", folder, name), references.named(self, folder, name))

    def tree(self, folder: str) -> Folder | None:
        """Return the modules of a functions folder, or None where no project has it; it rests on no text."""
        if folder not in self._trees:
            is_known = any(project.folder == folder for project in self.workspace.projects)
            self._trees[folder] = references.tree(self, folder) if is_known else None
        return self._trees[folder]

    def installed(self, folder: str) -> Installed:
        """Return the components that the configuration of a functions folder installs."""
        path = apps.configuration(self, folder)
        if path is None:
            return apps.NOT_KNOWN
        return self._question(path, ("installed", folder), apps.NOT_KNOWN, lambda: apps.installed(self, path))

    def home_of(self, folder: str, component: str) -> str | None:
        """Return the functions folder of a component that a functions folder installs under a name, if it is seen."""
        path = apps.configuration(self, folder)
        if path is None:
            return None
        question = ("home_of", folder, component)
        nothing: str | None = None
        return self._question(path, question, nothing, lambda: apps.home(self, path, component))

    def part_of(self, reference: Reference) -> Deployed | None:
        """Return the function of a component that a reference means, where its code is seen."""
        return self._answers.told(("part_of", reference), references.in_component(self, reference))

    def declared_variables(self, folder: str) -> tuple[str, ...] | None:
        """Return the environment variables that a functions folder declares, or None where they are not all seen."""
        path = apps.configuration(self, folder)
        nothing: tuple[str, ...] | None = None
        if path is None:
            versions = [project.convex for project in self.workspace.projects if project.folder == folder]
            is_typed = any(version is not None and version >= ALWAYS_TYPED for version in versions)
            return self._answers.told(("declared_variables", folder), () if is_typed else nothing)
        return self._question(path, ("declared_variables", folder), nothing, lambda: apps.declared(self, path))

    def crons_module(self, folder: str) -> str | None:
        """Return the module whose cron jobs a functions folder deploys: empty where surely none, None if not known."""
        found = self.tree(folder)
        return self._answers.told(("crons_module", folder), found.modules.get("crons", "") if found else None)

    def component_name(self, path: str) -> str | None:
        """Return the name that a component's own configuration gives it, where that is seen."""
        nothing: str | None = None
        return self._question(path, ("component_name", path), nothing, lambda: apps.own_name(self, path))

    def mentioned(self, path: str) -> Mentions:
        """Return what a module says of functions, in whatever way."""
        question = ("mentioned", path)
        return self._question(path, question, callers.NOTHING, lambda: callers.mentioned(self, path))

    def usage(self) -> Usage:
        """Return what all modules say of functions: it rests on all texts."""
        shard = self._answers.of("")
        return self._answers.answer(shard, shard.rest, "usage", callers.UNSEEN, lambda: callers.usage(self))

    def callers(self, folder: str, name: str) -> Callers:
        """Return who may refer to a function of a functions folder, named as in a reference: `messages.list`."""
        return self._answers.told(("callers", folder, name), callers.of(self, folder, name))

    def answer(self, reference: Reference) -> Value:
        """Return what running the function gives that a reference means."""
        found = self.target(reference)
        closure = found.handler if found is not None else None
        given = awaited(self.given(closure.path, closure.ordinal)) if closure is not None else UNKNOWN
        return NULL if given == UNDEFINED else given  # what gives nothing gives null to who called it from afar

    def asked_with(self, reference: Reference) -> Value:
        """Return the arguments of the function that a reference means."""
        found = self.target(reference)
        closure = found.handler if found is not None else None
        if closure is None or len(self.function(closure).parameters) < 2:  # noqa: PLR2004  ctx and args
            return UNKNOWN
        return self.received(closure.path, closure.ordinal, 1)

    def in_component(self, path: str) -> bool:
        """Say whether a module belongs to a component: its functions folder has a configuration that defines one."""
        project = self.project_of(path)
        folder = project.folder if project is not None else None
        paths = [posixpath.normpath(f"{folder}/convex.config{suffix}") for suffix in SUFFIXES if folder is not None]
        found = any(self.defines_component(config) for config in paths if config in self.summaries)
        return self._answers.told(("in_component", path), found)

    def defines_component(self, path: str) -> bool:
        """Say whether a module defines a component."""
        kind = Package("convex/server", "defineComponent")
        return self._question(
            path,
            ("defines_component", path),
            circular=False,
            compute=lambda: any(self.value(call.callee) == kind for call in self.summaries[path].code.calls),
        )

    # The schema.

    def schema_path(self, folder: str) -> str | None:
        """Return the module that holds the schema of a functions folder, or None where there is none."""
        if folder not in self._schemas:
            self._schemas[folder] = schema.path(self, folder)
        return self._answers.told(("schema_path", folder), self._schemas[folder])

    def schema_folder(self, path: str) -> str | None:
        """Return the functions folder whose documents a module handles."""
        if path not in self._folders:
            self._folders[path] = schema.folder(self, path)
        return self._answers.told(("schema_folder", path), self._folders[path])

    def schema(self, folder: str) -> SchemaDefinition:
        """Return the schema of a functions folder; one with nothing in it and `open` where it is not known."""
        path = self.schema_path(folder)
        unknown = schema.UNKNOWN_SCHEMA
        if path is None:
            return unknown
        return self._question(path, ("schema", folder), unknown, lambda: schema.definition(self, path))

    def table(self, folder: str, name: str) -> TableDefinition | None:
        """Return a table of the schema of a functions folder, or None for one that is surely not in it."""
        path = self.schema_path(folder)
        found: TableDefinition | None = tables.UNKNOWN_TABLE
        if path is None:
            return schema.table(self, None, folder, name)
        return self._question(path, ("table", folder, name), found, lambda: schema.table(self, path, folder, name))

    def field(self, folder: str, table: str, name: str) -> Value:
        """Return what a field of the documents of a table holds."""
        path = self.schema_path(folder)
        if path is None:
            return schema.field(self.table(folder, table), table, name)
        question = ("field", folder, table, name)
        return self._question(path, question, _CIRCULAR, lambda: schema.field(self.table(folder, table), table, name))

    def index_users(self, path: str) -> Users:
        """Return what a module says of indexes."""
        return self._question(path, ("index_users", path), uses.Users(), lambda: uses.users(self, path))

    def index_users_of(self, folder: str) -> Users:
        """Return what all modules say of indexes that may be those of a functions folder with a schema."""
        path, question = self.schema_path(folder), ("index_users_of", folder)
        return self._question(path or "", question, uses.Users(), lambda: uses.of_folder(self, folder))

    def sought(self, path: str) -> frozenset[Sought]:
        """Return what the filters of a module look for that an index could find."""
        nothing: frozenset[Sought] = frozenset()
        return self._question(path, ("sought", path), nothing, lambda: frozenset(sought.of(self, path)))

    def sought_of(self, folder: str) -> frozenset[Sought]:
        """Return what all filters look for of modules that may handle documents of a functions folder with a schema."""
        path, question = self.schema_path(folder), ("sought_of", folder)
        nothing: frozenset[Sought] = frozenset()
        return self._question(path or "", question, nothing, lambda: uses.sought_of(self, folder))

    def strings_about_others(self, path: str) -> Mapping[str, int]:
        """Count the strings of a module that are surely no names of indexes which are used elsewhere, or later."""
        nothing: Mapping[str, int] = {}
        question = ("strings_about_others", path)
        return self._question(path, question, nothing, lambda: uses.about_others(self, path))

    def mentions(self, path: str, name: str) -> bool:
        """Say whether a module has a string which may be the name of an index that is used elsewhere, or later."""
        question = ("mentions", path, name)
        return self._question(path, question, circular=True, compute=lambda: uses.mentions(self, path, name))

    def index_need(self, folder: str, table: str, index: str) -> Need:
        """Return what the project needs an index of a table of a functions folder for."""
        path = self.schema_path(folder)
        if path is None:
            return Need.ORDER
        question = ("index_need", folder, table, index)
        return self._from_outside(path, question, Need.ORDER, lambda: uses.need(self, folder, table, index))

    def fills(self, path: str) -> frozenset[tuple[str, int]]:
        """Return the tables that functions of a module add documents to, with the ordinals of these functions."""
        nothing: frozenset[tuple[str, int]] = frozenset()
        return self._question(path, ("fills", path), nothing, lambda: frozenset(growth.fills(self, path)))

    def uses_database(self, path: str) -> bool:
        """Say whether a module calls a method of the database."""
        question = ("uses_database", path)
        return self._question(
            path, question, circular=False, compute=lambda: any(True for _ in naming.of_database(self, path))
        )

    def words(self, path: str) -> Words:
        """Return what a module says that may be the name of a table."""
        return self._question(path, ("words", path), naming.Words(), lambda: naming.words(self, path))

    def given_by(self, path: str) -> frozenset[str]:
        """Return the names of the functions that a module gives something."""
        nothing: frozenset[str] = frozenset()
        return self._question(path, ("given_by", path), nothing, lambda: giving.names(self.text(path)))

    def given_something(self) -> frozenset[str]:
        """Return the names of the functions that code or a test gives something."""
        nothing: frozenset[str] = frozenset()
        return self._question("", ("given_something",), nothing, lambda: giving.everywhere(self))

    def played(self) -> frozenset[str]:
        """Return the modules whose functions may be run with a database that a test plays."""
        nothing: frozenset[str] = frozenset()
        return self._question("", ("played",), nothing, lambda: frozenset(played.modules(self)))

    def indexes_of_tests(self) -> frozenset[tuple[str | None, str]]:
        """Return the tables, None where not known, and the indexes of them that the tests use which are not linted."""
        if self._indexes_tested is None:
            tests = self.workspace.tests.values()
            self._indexes_tested = frozenset(use for source in tests for use in uses.in_test(source.data))
        return self._answers.told(("indexes_of_tests",), self._indexes_tested)

    def words_of_tests(self) -> tuple[Words, ...]:
        """Return what each of the tests says that are not linted."""
        if self._tested is None:
            self._tested = tuple(naming.words_in(source.data) for source in self.workspace.tests.values())
        return self._answers.told(("words_of_tests",), self._tested)

    def is_named(self, folder: str, table: str, maker: str) -> bool:
        """Say whether code of a functions folder has the name of a table that a module makes."""
        path = self.schema_path(folder)
        if path is None:
            return True
        question = ("is_named", folder, table, maker)
        return self._from_outside(
            path, question, circular=True, compute=lambda: naming.is_named(self, folder, table, maker)
        )

    def looked_into(self, path: str) -> frozenset[tuple[str, str]]:
        """Return the fields of documents, each with its table, whose strings a module looks into."""
        nothing: frozenset[tuple[str, str]] = frozenset()
        return self._question(path, ("looked_into", path), nothing, lambda: looking.fields(self, path))

    def looks_into(self, folder: str, table: str, field: str) -> bool:
        """Say whether code of a functions folder looks into the strings that a field of its documents holds."""
        path = self.schema_path(folder)
        if path is None:
            return False
        question = ("looks_into", folder, table, field)
        return self._from_outside(
            path, question, circular=True, compute=lambda: looking.looks_into(self, folder, table, field)
        )

    def document_field(self, table: str | None, name: str) -> Value:
        """Return what a field of a document holds, as seen from the module whose code is looked at."""
        folder = self.schema_folder(self.here) if table is not None else None
        if table is None or folder is None or name in TIEBREAKERS:
            return schema.built_in(table, name)
        return self.field(folder, table, name)

    def document_fields(self, table: str | None) -> Structure:
        """Return the fields of a document, as seen from the module whose code is looked at."""
        folder = self.schema_folder(self.here) if table is not None else None
        if table is None or folder is None:
            return schema.fields(None, table)
        return self.fields(folder, table)

    def fields(self, folder: str, table: str) -> Structure:
        """Return the fields of the documents of a table of a functions folder."""
        path = self.schema_path(folder)
        if path is None:
            return schema.fields(None, table)
        unknown = schema.fields(None, table)
        question = ("fields", folder, table)
        return self._question(path, question, unknown, lambda: schema.fields(self.table(folder, table), table))

    # What other modules say about a function or an export.

    def parameter(self, function: Function, index: int) -> Value:
        """Return what a parameter of a function receives."""
        return self.received(function.scope.path, function.ordinal, index)

    def received(self, path: str, ordinal: int, index: int) -> Value:
        """Return what a parameter receives of the function with an ordinal in a module."""
        if self._only_names:
            return UNKNOWN
        function = self._function(path, ordinal)
        question = ("received", path, ordinal, index)
        return self._from_outside(path, question, _CIRCULAR, lambda: parameters.value(self, function, index))

    def exposures(self, path: str, ordinal: int) -> tuple[Exposure, ...]:
        """Return all that the function with an ordinal in a module is registered as."""
        function = self._function(path, ordinal)
        none: tuple[Exposure, ...] = ()
        question = ("exposures", path, ordinal)
        return self._from_outside(path, question, none, lambda: registered.exposures(self, function))

    def result_ends(self, path: str, ordinal: int) -> Ends:
        """Return what runs the query that the function with an ordinal in a module returns."""
        function = self._function(path, ordinal)
        question = ("result_ends", path, ordinal)
        return self._from_outside(path, question, ends.NOWHERE, lambda: ends.of_result(self, function))

    def _from_outside(self, path: str, question: Question, circular: T, compute: Callable[[], T]) -> T:
        """Answer a question about a module whose answer is written in others: it is one that itself asks, too."""
        found = self._question(path, question, circular, compute)
        return self._answers.told_by(self._answers.of(path), question, found)

    def registered_as(self, function: Function) -> list[Registered]:
        """Return all that a function is registered as."""
        closure = Closure(function.scope.path, function.ordinal)
        found = self._related().handlers.get(closure)
        return [made for _, made in self._said(found, closure.path, self._answers.of(closure.path).roles)]

    def customizes(self, function: Function) -> Builder | None:
        """Return the builder that a function customizes."""
        closure = Closure(function.scope.path, function.ordinal)
        found = self._related().customized.get(closure)
        made = self._said(found, closure.path, self._answers.of(closure.path).roles)
        return made[-1][1] if made else None

    def calls_of(self, function: Function) -> list[tuple[str, Call]]:
        """Return the calls of a function in the whole project, each with the path of its module.

        The callee is a name or a member of a module. What is in a call is to be asked for with `at` its module.
        """
        closure = Closure(function.scope.path, function.ordinal)
        found = self._related().uses.get(closure)
        return self._said(found, closure.path, self._answers.of(closure.path).users)

    def importers(self, path: str, name: str) -> list[tuple[str, Binding]]:
        """Return the names that other modules import an export under, each with the path of its module."""
        return self._said(self._related().importers.get((path, name)), path, self._answers.of(path).users)

    def is_reexported(self, path: str) -> bool:
        """Say whether another module passes on what a module exports, or loads it when it runs."""
        found = self._related().passed_on.get(path)
        return bool(self._said(found, path, self._answers.of(path).users))

    def _said(self, found: list[tuple[str, T]], home: str, bit: int) -> list[tuple[str, T]]:
        """Have an answer rest on what others say about a module, and on all that this rests on."""
        footing = bit | self._bits.text(home)
        for path, _ in found:
            footing |= self._parts[path][1]
        self._answers.footing |= footing
        return found

    def part(self, path: str) -> Part:
        """Return what a module says about others."""
        self._related()
        found, footing = self._parts[path]
        self._answers.footing |= footing
        return found

    def _related(self) -> relations.Relations:
        if not self._parts:
            for path in self.backend():
                self._parts[path] = self._names.weighed(path)
                self._relations.replace(path, relations.NOTHING, self._parts[path][0])
        return self._relations

    def _say(self, path: str) -> int:
        """Find again what a module says about others; return the bits of those of whom it says something else."""
        old, _ = self._parts[path]
        new, _ = self._parts[path] = self._names.weighed(path)
        self._relations.replace(path, old, new)
        bits = 0
        for before, now, shift in ((old.roles(), new.roles(), 1), (old.users(), new.users(), 2)):
            for home in {home for home, _ in (before - now) + (now - before)}:
                bits |= self._bits.text(home) << shift
        return bits

    def weighed(self, path: str) -> tuple[Part, int]:
        """Return what a module says about others by names alone, and the bits that this rests on."""
        shard = self._answers.of(path)
        with self._answers.apart() as footing:
            try:
                made = self._answers.answer(
                    shard, shard.rest, "part", relations.NOTHING, lambda: relations.part(self, self.summaries[path])
                )
            except RecursionError:  # code that leads from name to name without end says nothing
                self.give_up()
                made = relations.NOTHING
            return made, footing()

    # The call graph.

    def edges(self, path: str) -> tuple[Edge, ...]:
        """Return the calls that a module makes of functions of the project."""
        none: tuple[Edge, ...] = ()
        return self._question(path, ("edges", path), none, lambda: tuple(reach.edges(self, self.summaries[path])))

    def ways(self, closure: Closure, guard: Guard | None = None, thrown: bool = False) -> tuple[Way, ...]:  # noqa: FBT001, FBT002  asked again as it was told
        """Return the shortest way from each registered function that reaches a function, by length, then name.

        With a `guard`, only the calls that do not give it count; `thrown`, only those that pass on what is thrown.
        """
        found = self._graph.ways(self, closure, guard, thrown=thrown)
        self._answers.footing |= GRAPH
        return self._answers.told(("ways", closure, guard, thrown), found)

    def _question(self, path: str, question: Question, circular: T, compute: Callable[[], T]) -> T:
        """Answer a question about a module: the name of the method that asks it, and its arguments."""
        answers = self._answers
        shard = answers.of(path)
        return answers.told(question, answers.answer(shard, shard.rest, question, circular, compute), shard)


def _shape(function: Function) -> object:
    parameters_ = tuple((parameter.name, parameter.rest, len(parameter.pattern)) for parameter in function.parameters)
    return (function.form, function.asynchronous, function.generator, function.body is None, parameters_)
