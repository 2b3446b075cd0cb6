"""Which functions of npm packages, and which methods of the objects that these make, return a promise.

A name is written as it is used, with `()` for what calling or constructing gives: `RateLimiter().limit`. Read from the
types of the versions that `tests/test_promises.py` installs, and held to them there.
"""

from __future__ import annotations

_AGGREGATE = (
    "at atBatch clear clearAll count countBatch indexOf makeAllRootsLazy makeRootLazy max min offsetOf offsetUntil "
    "paginate paginateNamespaces random sum sumBatch"
)
_WRITING = "delete deleteIfExists insert insertIfDoesNotExist replace replaceOrInsert"

METHODS: dict[str, dict[str, str]] = {
    "@convex-dev/action-cache": {"": "removeAll", "ActionCache()": "fetch remove removeAll removeAllForName"},
    "@convex-dev/action-retrier": {"ActionRetrier()": "cancel cleanup run runAfter runAt status"},
    "@convex-dev/agent": {
        "": "abortStream createThread embedMessages fetchContextMessages fetchContextWithPrompt fromUIMessages "
        "generateAndSaveEmbeddings getFile getThreadMetadata listMessages listStreams listUIMessages saveMessage "
        "saveMessages searchThreadTitles serializeMessage storeFile syncStreams updateThreadMetadata",
        "Agent()": "continueThread createThread deleteMessage deleteMessageRange deleteMessages deleteThreadAsync "
        "deleteThreadSync fetchContextMessages finalizeMessage generateAndSaveEmbeddings generateEmbeddings "
        "generateObject generateText getThreadMetadata listMessages saveMessage saveMessages saveObject saveStep start "
        "streamObject streamText syncStreams updateMessage updateThreadMetadata",
        "DeltaStreamer()": "addParts consumeStream fail finish getOrCreateStreamId getStreamId",
    },
    "@convex-dev/aggregate": {
        "Aggregate()": _AGGREGATE,
        "DirectAggregate()": f"{_AGGREGATE} {_WRITING}",
        "TableAggregate()": f"{_AGGREGATE} {_WRITING} indexOfDoc",
    },
    "@convex-dev/auth/server": {
        "": "createAccount getAuthSessionId getAuthUserId invalidateSessions modifyAccountCredentials retrieveAccount "
        "signInViaProvider",
    },
    "@convex-dev/batch-worker": {"": "ping"},
    "@convex-dev/crons": {"Crons()": "delete get list register"},
    "@convex-dev/migrations": {
        "": "runToCompletion",
        "Migrations()": "cancel cancelAll getStatus runOne runSerially",
    },
    "@convex-dev/persistent-text-streaming": {
        "PersistentTextStreaming()": "createStream deleteStream getStreamBody stream"
    },
    "@convex-dev/presence": {
        "Presence()": "disconnect heartbeat list listRoom listUser removeRoom removeRoomUser updateRoomUser"
    },
    "@convex-dev/r2": {
        "R2()": "deleteObject generateUploadUrl getMetadata getUrl listMetadata store syncMetadata",
    },
    "@convex-dev/rag": {
        "": "contentHashFromArrayBuffer",
        "RAG()": "add addAsync delete deleteAsync deleteByKey deleteByKeyAsync findEntryByContentHash generateText "
        "getEntry getNamespace getOrCreateNamespace list listChunks search",
    },
    "@convex-dev/rate-limiter": {"RateLimiter()": "check getValue limit reset"},
    "@convex-dev/resend": {
        "Resend()": "cancelEmail get handleResendEventWebhook sendEmail sendEmailManually status",
    },
    "@convex-dev/sharded-counter": {
        "ShardedCounter()": "add count dec estimateCount inc rebalance reset subtract",
        "ShardedCounter().for()": "add count dec estimateCount inc rebalance reset subtract",
    },
    "@convex-dev/workflow": {
        "": "cancel cleanup createEvent getStatus list listByName listSteps restart sendEvent start",
        "WorkflowManager()": "cancel cleanup createEvent list listByName listSteps restart sendEvent start status",
    },
    "@convex-dev/workpool": {
        "": "enqueue enqueueBatch",
        "Workpool()": "cancel cancelAll enqueueAction enqueueActionBatch enqueueMutation enqueueMutationBatch "
        "enqueueQuery enqueueQueryBatch status statusBatch",
    },
    "ai": {
        "": "embed embedMany experimental_generateImage experimental_generateSpeech experimental_transcribe "
        "generateImage generateObject generateText rerank",
    },
    "convex-fs": {
        "ConvexFS()": "commitFiles copy delete getBlob getDownloadUrl getFile list move stat transact writeBlob "
        "writeFile",
    },
    "convex-helpers/server/relationships": {
        "": "getAll getAllOrThrow getManyFrom getManyVia getManyViaOrThrow getOneFrom getOneFromOrThrow getOrThrow"
    },
    "convex/browser": {"ConvexHttpClient()": "action consistentQuery mutation query"},
    "convex/nextjs": {"": "fetchAction fetchMutation fetchQuery preloadQuery"},
}
"""The names that return a promise, by package and by what they are members of."""

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

NODE: dict[str, str] = {
    "fs/promises": "access appendFile chmod chown copyFile cp lchown link lstat lutimes mkdir mkdtemp open opendir "
    "readFile readdir readlink realpath rename rm rmdir stat statfs symlink truncate unlink utimes writeFile",
    "timers/promises": "setImmediate setTimeout",
}
"""The functions of Node that return a promise, in modules whose default export holds them too (Node 22)."""

STREAMS: dict[str, str] = {
    "convex-helpers/server/pagination": "paginator",
    "convex-helpers/server/stream": "mergedStream stream",
}
"""The functions of convex-helpers that make something like a database, or a query, without being one."""

STREAM_STEPS = frozenset({"distinct", "filterWith", "flatMap", "fullTableScan", "map", "order", "query", "withIndex"})
"""The methods of these that give another one; those that run them are called as the methods of a query."""

MORE = frozenset(
    {"asResponse", "autoPagingEach", "autoPagingToArray", "next", "return", "throw", "withRawResponse", "withResponse"}
)
"""The members that the promises of such clients have beside those of every promise."""
