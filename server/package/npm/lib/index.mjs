import all from './index.cjs';

export const { ControlError, Server, StartError, Tenant, start } = all;
