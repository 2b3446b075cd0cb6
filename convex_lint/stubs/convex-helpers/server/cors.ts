// convex-helpers 0.1.135

export declare function corsRouter(http: any, corsConfig?: any): { http: any; route: (routeSpec: any) => void };
export default corsRouter;
