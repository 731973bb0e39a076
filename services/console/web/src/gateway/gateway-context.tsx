import { createContext, useContext } from 'react';
import type { Gateway } from './gateway.ts';

export const GatewayContext = createContext<Gateway | undefined>(undefined);

export function useGateway(): Gateway {
  const gateway = useContext(GatewayContext);
  if (gateway === undefined) throw new Error('no GatewayContext above this component');
  return gateway;
}
