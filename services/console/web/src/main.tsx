import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { GatewayContext } from './gateway/gateway-context.tsx';
import { createHttpGateway } from './gateway/http-gateway.ts';
import { LanguageProvider } from './messages/language.tsx';
import './styles/index.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <LanguageProvider>
    <GatewayContext value={createHttpGateway()}>
      <App />
    </GatewayContext>
  </LanguageProvider>,
);
