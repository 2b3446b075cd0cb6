"""What the modules of the npm package `convex`, and those that it generates, export.

Read in the type declarations of `convex` 1.5.1, 1.10.0, 1.13.2, 1.17.4, 1.20.0, 1.24.8, 1.27.3, 1.31.7, 1.36.0, 1.40.0,
1.44.0, 1.48.0 and 1.49.0 (`dist/esm-types`): a name is here if one of them has it, so that what is not here is in none.
"""

from __future__ import annotations

NEWEST = (1, 49)
"""The newest version that was read: a newer one may export more."""

_SERVER = frozenset(
    {"HttpRouter", "ROUTABLE_HTTP_METHODS", "SearchFilter", "actionGeneric", "anyApi", "componentsGeneric",
     "createFunctionHandle", "cronJobs", "currentSystemUdfInComponent", "defineApp", "defineComponent",
     "defineSchema", "defineTable", "docValidator", "filterApi", "getFunctionAddress", "getFunctionName",
     "getServiceToken", "getServiceUrl", "httpActionGeneric", "httpRouter", "internalActionGeneric",
     "internalMutationGeneric", "internalQueryGeneric", "log", "makeFunctionReference", "mutationGeneric",
     "paginationOptsValidator", "paginationResultValidator", "queryGeneric"}
)  # fmt: skip
"""The values of `convex/server`."""

_SERVER_TYPES = frozenset(
    {"ActionBuilder", "ActionCtx", "ActionMeta", "AdvancedRunQueryOptions", "AnyApi", "AnyChildComponents",
     "AnyComponents", "AnyDataModel", "ApiFromModules", "AppDefinition", "ArgsAndOptions", "ArgsArray",
     "ArgsArrayForOptionalValidator", "ArgsArrayToObject", "AuditLogBody", "AuditLogValue", "Auth", "AuthConfig",
     "AuthProvider", "BaseTableReader", "BaseTableWriter", "BetterOmit", "ComponentDefinition", "CronJob", "Crons",
     "Cursor", "DataModelFromSchemaDefinition", "DatabaseReader", "DatabaseWriter",
     "DefaultArgsForOptionalValidator", "DefaultFunctionArgs", "DefineSchemaOptions", "DeploymentMetadata",
     "DocValidator", "DocumentByInfo", "DocumentByName", "EnvDefinition", "EnvFromAppDefinition",
     "EnvFromDefinition", "Expand", "Expression", "ExpressionOrValue", "FieldPaths", "FieldTypeFromFieldPath",
     "FieldTypeFromFieldPathInner", "FileMetadata", "FileStorageId", "FilterApi", "FilterBuilder",
     "FilterExpression", "FunctionArgs", "FunctionHandle", "FunctionHandle_future", "FunctionMetadata",
     "FunctionReference", "FunctionReference_future", "FunctionReturnType", "FunctionType", "FunctionVisibility",
     "GenericActionCtx", "GenericDataModel", "GenericDatabaseReader", "GenericDatabaseReaderWithTable",
     "GenericDatabaseWriter", "GenericDatabaseWriterWithTable", "GenericDocument", "GenericFieldPaths",
     "GenericIndexFields", "GenericMutationCtx", "GenericMutationCtxWithTable", "GenericQueryCtx",
     "GenericQueryCtxWithTable", "GenericSchema", "GenericSearchIndexConfig", "GenericTableIndexes",
     "GenericTableInfo", "GenericTableSearchIndexes", "GenericTableVectorIndexes", "GenericVectorIndexConfig",
     "HttpActionBuilder", "IdField", "IndexNames", "IndexRange", "IndexRangeBuilder", "IndexTiebreakerField",
     "Indexes", "MutationAuth", "MutationBuilder", "MutationBuilderWithTable", "MutationCtx", "MutationMeta",
     "NamedIndex", "NamedSearchIndex", "NamedTableInfo", "NamedVectorIndex", "OptionalRestArgs", "OrderedQuery",
     "PaginationOptions", "PaginationResult", "PartialApi", "PublicHttpAction", "Query", "QueryBuilder",
     "QueryBuilderWithTable", "QueryCtx", "QueryInitializer", "QueryMeta", "RegisteredAction", "RegisteredMutation",
     "RegisteredQuery", "RequestMetadata", "ReservedJwtClaim", "ReservedJwtClaimPrefix",
     "ReturnValueForOptionalValidator", "RoutableMethod", "RouteSpec", "RouteSpecWithPath",
     "RouteSpecWithPathPrefix", "SchedulableFunctionReference", "Scheduler", "SchemaDefinition",
     "SearchFilterBuilder", "SearchFilterFinalizer", "SearchIndexConfig", "SearchIndexNames", "SearchIndexes",
     "ServiceName", "SignJwtClaims", "SignJwtOptions", "StorageActionWriter", "StorageId", "StorageReader",
     "StorageWriter", "SystemDataModel", "SystemFieldValidators", "SystemFields", "SystemIndexes",
     "SystemTableNames", "TableDefinition", "TableNamesInDataModel", "TransactionLimits", "TransactionMetric",
     "TransactionMetrics", "UnvalidatedFunction", "UserIdentity", "UserIdentityAttributes", "ValidatedFunction",
     "ValidatorTypeToReturnType", "VectorFilterBuilder", "VectorIndexConfig", "VectorIndexNames", "VectorIndexes",
     "VectorSearch", "VectorSearchQuery", "WithOptionalSystemFields", "WithoutSystemFields"}
)  # fmt: skip
"""Its types."""

_VALUES = frozenset(
    {"Base64", "CommitTsPlaceholder", "ConvexError", "Validator", "asObjectValidator", "compareValues",
     "convexToJson", "getConvexSize", "getDocumentSize", "jsonToConvex", "v"}
)  # fmt: skip
"""The values of `convex/values`."""

_VALUES_TYPES = frozenset(
    {"AsObjectValidator", "GenericId", "GenericValidator", "Infer", "JSONValue", "NumericValue", "ObjectFieldType",
     "ObjectType", "OptionalProperty", "PropertyValidators", "RecordKeyValidatorJSON", "RecordValueValidatorJSON",
     "VAny", "VArray", "VBoolean", "VBytes", "VCommitTs", "VFloat64", "VFunction", "VId", "VInt64", "VLiteral",
     "VNull", "VObject", "VOptional", "VRecord", "VString", "VUnion", "ValidatorJSON", "Value"}
)  # fmt: skip
"""Its types."""

_REACT = frozenset(
    {"AuthLoading", "AuthRefreshing", "Authenticated", "ConvexProvider", "ConvexProviderWithAuth",
     "ConvexReactClient", "Unauthenticated", "insertAtBottomIfLoaded", "insertAtPosition", "insertAtTop",
     "optimisticallyUpdateValueInPaginatedQuery", "resetPaginationId", "useAction", "useConvex", "useConvexAuth",
     "useConvexConnectionState", "useMutation", "usePaginatedQuery", "usePaginatedQuery_experimental",
     "usePreloadedQuery", "useQueries", "useQuery", "useQuery_experimental"}
)  # fmt: skip
"""The values of `convex/react`."""

_REACT_TYPES = frozenset(
    {"AuthTokenFetcher", "ConvexAuthState", "ConvexReactClientOptions", "MutationOptions", "OptionalRestArgsOrSkip",
     "PaginatedQueryArgs", "PaginatedQueryItem", "PaginatedQueryReference", "PaginationStatus", "Preloaded",
     "QueryOptions", "ReactAction", "ReactMutation", "RequestForQueries", "UsePaginatedQueryObjectReturnType",
     "UsePaginatedQueryOptions", "UsePaginatedQueryResult", "UsePaginatedQueryReturnType", "UseQueryResult", "Watch",
     "WatchQueryOptions"}
)  # fmt: skip
"""Its types."""

_BROWSER = frozenset(
    {"BaseConvexClient", "ConvexClient", "ConvexHttpClient", "convexQueryOptions"}
)  # fmt: skip
"""The values of `convex/browser`."""

_BROWSER_TYPES = frozenset(
    {"AuthTokenFetcher", "BaseConvexClientOptions", "ClientOptions", "ConnectionState", "ConvexClientOptions",
     "FunctionResult", "HttpMutationOptions", "MutationOptions", "OptimisticLocalStore", "OptimisticUpdate",
     "PaginationStatus", "QueryJournal", "QueryOptions", "QueryToken", "SubscribeOptions"}
)  # fmt: skip
"""Its types."""

_NEXTJS = frozenset(
    {"fetchAction", "fetchMutation", "fetchQuery", "preloadQuery", "preloadedQueryResult"}
)  # fmt: skip
"""The values of `convex/nextjs`."""

_NEXTJS_TYPES = frozenset(
    {"NextjsOptions"}
)  # fmt: skip
"""Its types."""

_GENERATED_SERVER = frozenset(
    {"action", "env", "httpAction", "internalAction", "internalMutation", "internalQuery", "mutation", "query",
     "ActionCtx", "DatabaseReader", "DatabaseWriter", "MutationCtx", "QueryCtx"}
)  # fmt: skip
"""What `_generated/server` exports."""

EXPORTS = {
    "convex": frozenset({"version"}),
    "convex/server": _SERVER | _SERVER_TYPES,
    "convex/values": _VALUES | _VALUES_TYPES,
    "convex/react": _REACT | _REACT_TYPES,
    "convex/browser": _BROWSER | _BROWSER_TYPES,
    "convex/nextjs": _NEXTJS | _NEXTJS_TYPES,
    "convex/react-clerk": frozenset({"ConvexProviderWithClerk"}),
    "convex/react-auth0": frozenset({"ConvexProviderWithAuth0"}),
    "_generated/server": _GENERATED_SERVER,
    "_generated/api": frozenset({"api", "components", "internal"}),
    "_generated/dataModel": frozenset({"DataModel", "Doc", "Id", "TableNames"}),
}
"""All names by the module that exports them; of those that are generated, the ones that every project has."""

HOMES = {
    **dict.fromkeys(_REACT, "convex/react"),
    **dict.fromkeys(_BROWSER, "convex/browser"),
    **dict.fromkeys(_NEXTJS, "convex/nextjs"),
    **dict.fromkeys((*_SERVER, *_SERVER_TYPES), "convex/server"),
    **dict.fromkeys((*_VALUES, *_VALUES_TYPES), "convex/values"),
    **{name: module for module, names in EXPORTS.items() if module.startswith("_") for name in names},
}
"""The module that a name is imported from."""
