"""The clients of services, of npm packages, whose methods return promises.

A client is written as it is made, with `()` for calling or constructing. Read from the types of the versions that
`tests/test_promises.py` installs, and held to them there. Other packages are described by stubs.
"""

from __future__ import annotations

CLIENTS: dict[str, dict[str, str]] = {
    "@anthropic-ai/sdk": dict.fromkeys(
        ("Anthropic()", "default()"), "logger openTelemetry poller stream thread toolRunner webhooks worker"
    ),
    "agentmail": {"AgentMailClient()": ""},
    "openai": dict.fromkeys(
        ("OpenAI()", "default()"),
        "createAndRunStream createAndStream logger runFunctions runTools stream submitToolOutputsStream webhooks",
    ),
    "resend": {"Resend()": "templates webhooks"},
    "stripe": dict.fromkeys(
        ("Stripe()", "default()"),
        "addFetchRelatedObjectIfNeeded authorizeUrl basePath errors initialize path requestDataProcessor webhooks",
    ),
}
"""The clients of services: each method of a part of one, `stripe.customers.create`, returns a promise, but of these."""

MORE = frozenset(
    {"asResponse", "autoPagingEach", "autoPagingToArray", "next", "return", "throw", "withRawResponse", "withResponse"}
)
"""The members that the promises of such clients have beside those of every promise."""
