import { createContext, useContext } from 'react';
import type { Gateway } from './gateway.ts';

export const GatewayContext = createContext<Gateway | undefined>(undefined);

/** How often somebody signed in again over what they were doing. */
export const SignedInAgain = createContext(0);

export function useGateway(): Gateway {
  const gateway = useContext(GatewayContext);
  if (gateway === undefined) throw new Error('no GatewayContext above this component');
  return gateway;
}
