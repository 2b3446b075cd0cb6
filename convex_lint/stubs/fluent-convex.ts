// fluent-convex 0.12.3

import type { ObjectType } from "convex/values";
import type { Builder, BuilderFrom, CtxOf, Given, Internal, Registered, Running } from "convex-lint";

// What a middleware hands on is what it gives to `next`.
declare function next<C>(context: C): { context: C };
type Middleware<Ctx> = (context: Ctx, next: typeof next) => any;
type Using<B, M> = BuilderFrom<B, { input: Running<M, { ctx: Awaited<ReturnType<M>>["context"]; args: {} }> }>;

export declare function createBuilder(): ConvexBuilder;

export declare class ConvexBuilder {
  query(): ConvexBuilderWithFunctionKind<Builder<"query", "public">, any>;
  mutation(): ConvexBuilderWithFunctionKind<Builder<"mutation", "public">, any>;
  action(): ConvexBuilderWithFunctionKind<Builder<"action", "public">, any>;
}
export declare class ConvexBuilderWithFunctionKind<B, V> {
  createMiddleware<M>(middleware: Given<M, Middleware<CtxOf<B>>>): M;
  use<M>(middleware: Given<M, Middleware<CtxOf<B>>>): ConvexBuilderWithFunctionKind<Using<B, M>, V>;
  input<N>(validator: N): ConvexBuilderWithFunctionKind<B, N>;
  returns(validator: any): ConvexBuilderWithFunctionKind<B, V>;
  handler<H>(
    handler: Given<H, (context: CtxOf<B>, input: ObjectType<V>) => Promise<any>>,
  ): ConvexBuilderWithHandler<B, H>;
}
export declare class ConvexBuilderWithHandler<B, H> {
  use<M>(middleware: Given<M, Middleware<CtxOf<B>>>): ConvexBuilderWithHandler<Using<B, M>, H>;
  public(): Registered<B, H>;
  internal(): Registered<Internal<B>, H>;
}
