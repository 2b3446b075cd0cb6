// fluent-convex 0.12.3

import type { Builder, BuilderFrom, CtxOf, Given, Internal, Registered, Running } from "convex-lint";

// What a middleware hands on is what it gives to `next`.
declare function next<C>(context: C): { context: C };
type Middleware<Ctx> = (context: Ctx, next: typeof next) => any;
type Using<B, M> = BuilderFrom<B, { input: Running<M, { ctx: Awaited<ReturnType<M>>["context"]; args: {} }> }>;

export declare function createBuilder(): ConvexBuilder;

export declare class ConvexBuilder {
  query(): ConvexBuilderWithFunctionKind<Builder<"query", "public">>;
  mutation(): ConvexBuilderWithFunctionKind<Builder<"mutation", "public">>;
  action(): ConvexBuilderWithFunctionKind<Builder<"action", "public">>;
}
export declare class ConvexBuilderWithFunctionKind<B> {
  createMiddleware<M>(middleware: Given<M, Middleware<CtxOf<B>>>): M;
  use<M>(middleware: Given<M, Middleware<CtxOf<B>>>): ConvexBuilderWithFunctionKind<Using<B, M>>;
  input(validator: any): ConvexBuilderWithFunctionKind<B>;
  returns(validator: any): ConvexBuilderWithFunctionKind<B>;
  handler<H>(handler: Given<H, (context: CtxOf<B>, input: any) => Promise<any>>): ConvexBuilderWithHandler<B, H>;
}
export declare class ConvexBuilderWithHandler<B, H> {
  use<M>(middleware: Given<M, Middleware<CtxOf<B>>>): ConvexBuilderWithHandler<Using<B, M>, H>;
  public(): Registered<B, H>;
  internal(): Registered<Internal<B>, H>;
}
