// convex-helpers 0.1.135

import type { BuilderFrom, CtxOf, Exactly, Running } from "convex-lint";

export type CustomCtx<B> = CtxOf<B>;

export declare function customQuery<B, C>(query: B, customization: C): BuilderFrom<B, C>;
export declare function customMutation<B, C>(mutation: B, customization: C): BuilderFrom<B, C>;
export declare function customAction<B, C>(action: B, customization: C): BuilderFrom<B, C>;

export declare function customCtx<F>(modifyCtx: F): {
  args: Exactly<{}>;
  input: Running<F, { ctx: Awaited<ReturnType<F>>; args: {} }>;
};
export declare function customCtxAndArgs<C>(objectWithArgsAndInput: C): C;

export declare const NoOp: {
  args: Exactly<{}>;
  input(): { args: {}; ctx: Exactly<{}> };
};
