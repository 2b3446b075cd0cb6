// @convex-dev/presence 0.4.0

export declare class Presence {
  constructor(component: any);
  heartbeat(ctx: any, roomId: any, userId: any, sessionId: string, interval: number): Promise<any>;
  list(ctx: any, roomToken: string, limit?: number): Promise<any[]>;
  updateRoomUser(ctx: any, roomId: any, userId: any, data?: any): Promise<null>;
  disconnect(ctx: any, sessionToken: string): Promise<null>;
  listRoom(ctx: any, roomId: any, onlineOnly?: boolean, limit?: number): Promise<any[]>;
  listUser(ctx: any, userId: any, onlineOnly?: boolean, limit?: number): Promise<any[]>;
  removeRoomUser(ctx: any, roomId: any, userId: any): Promise<null>;
  removeRoom(ctx: any, roomId: any): Promise<null>;
}
