// convex-helpers 0.1.135

import type { BuilderFrom, CtxOf, Unvalidated } from "convex-lint";

export type ZCustomCtx<B> = CtxOf<B>;

export declare function zCustomQuery<B, C>(query: B, customization: C): Unvalidated<BuilderFrom<B, C>>;
export declare function zCustomMutation<B, C>(mutation: B, customization: C): Unvalidated<BuilderFrom<B, C>>;
export declare function zCustomAction<B, C>(action: B, customization: C): Unvalidated<BuilderFrom<B, C>>;
