"""What ctx has in each kind of function, in each version, and what functions need of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convex_lint import engine
from convex_lint.facts import api, context
from convex_lint.link import Linked
from convex_lint.subjects import SUBJECTS, Lack, Module
from tests.asking import PRELUDE, linked_of


def lacking(text: str, version: tuple[int, ...] | None = None) -> list[str]:
    """Return what the functions of a module use that their ctx has not, in a project with a version of Convex."""
    workspace = engine.of_texts({"convex/a.ts": PRELUDE + text})
    workspace = replace(workspace, projects=tuple(replace(one, convex=version) for one in workspace.projects))
    linked = Linked(*engine.summaries_of(workspace))
    with linked.at("convex/a.ts"):
        found: list[Lack] = list(SUBJECTS[Lack](Module(linked, linked.summaries["convex/a.ts"])))
    return [one.words for one in found]


@pytest.mark.parametrize(
    ("used", "version", "found"),
    [
        ("storage.store(blob)", (1, 47, 3), ["ctx.storage.store"]),
        ("storage.get(id)", (1, 47, 3), ["ctx.storage.get"]),
        ("storage.get(id)", (1, 48, 0), []),
        ("storage.get(id)", None, []),
        ("storage.delete(id)", (1, 20, 0), []),
        ("secrets.get(id)", (1, 49, 9), ["ctx.secrets"]),
        ("secrets.get(id)", (1, 50, 0), []),
        ("secrets.get(id)", None, []),
        ("runQuerry(id)", None, ["ctx.runQuerry"]),
        ("runQuerry(id)", (1, 50, 0), ["ctx.runQuerry"]),
        ("runAction(id)", None, ["ctx.runAction"]),
    ],
)
def test_what_ctx_lacks_hangs_on_the_version(used: str, version: tuple[int, ...] | None, found: list[str]) -> None:
    assert lacking(f"export const f = mutation({{ args: {{}}, handler: (ctx) => ctx.{used} }});", version) == found


@pytest.mark.parametrize(
    ("body", "sure", "maybe"),
    [
        ("await c.db.get(id);", {"db", "db.get"}, set()),
        ("if (id) await c.db.get(id);", set(), {"db", "db.get"}),
        ("if (!id) throw new Error(); await c.db.get(id);", {"db", "db.get"}, set()),
        ("if (!id) return null; await c.db.get(id);", set(), {"db", "db.get"}),
        ("for (const one of id) await c.db.get(one);", set(), {"db", "db.get"}),
        (
            "const { db: { insert }, storage } = c; insert(id); storage.getUrl(id);",
            {"db.insert", "storage", "storage.getUrl"},
            set(),
        ),
        ("const again = c as any; again.scheduler.runAfter(0, id);", {"scheduler", "scheduler.runAfter"}, set()),
        ("await inner(c); await part(c.db);", {"db", "db.patch", "auth", "auth.getUserIdentity"}, set()),
        ("await id.map(() => inner(c));", set(), {"auth", "auth.getUserIdentity"}),
        ("await itself(c);", {"db", "db.query"}, set()),
        ("if ('db' in c) await c.db.get(id);", set(), set()),
        ("await c.db?.get(id);", set(), set()),
        ("await c.runAction?.(id);", set(), set()),
        ("if (isOf(c)) await c.db.get(id);", set(), set()),
        ("if (await isOf(c)) await c.db.get(id);", set(), {"db", "db.get"}),
        ("Object.assign(c, { db: 1 }); await c.db.get(id);", set(), set()),
        ("await inner(...id, c); await unknown(c);", set(), set()),
    ],
)
def test_what_a_function_needs_of_ctx(body: str, sure: set[str], maybe: set[str]) -> None:
    linked = linked_of(
        a=f"""
        export async function asked(c: any, id: any) {{ {body} }}
        async function inner(ctx: any) {{ await ctx.auth.getUserIdentity(); }}
        async function part({{ patch }}: any) {{ await patch(1); }}
        async function itself(ctx: any) {{ await ctx.db.query("notes"); await itself(ctx); }}
        async function isOf(ctx: any) {{ return true; }}
        """
    )
    found = linked.needs("convex/a.ts", 0, 0).of
    assert {".".join(one) for one in found if linked.surely("convex/a.ts", 0, 0, one)} == sure
    assert {".".join(one) for one in found} - sure == maybe


def test_what_ctx_has_is_what_the_link_knows_of_it() -> None:
    for kind, members in context.MEMBERS.items():
        services = api.SERVICES[kind]
        assert members - {"db", "vectorSearch", "runSnapshotQuery"} == services | (api.RUNS & members)
        for service in services:
            assert context.METHODS[service][kind] <= api.SERVICE_METHODS[service] | {"getSnapshotTs"}
    assert context.METHODS["db"]["mutation"] - context.METHODS["db"]["query"] - {"vars"} == api.WRITES
