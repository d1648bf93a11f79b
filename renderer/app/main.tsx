import './tokens.css';
import './base.css';
import '../parts/parts.css';
import './shell/shell.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from '../client/queries.ts';
import { readAddress } from './address.ts';
import { applyPreferences, usePreferences } from './preferences.ts';
import { Workstation } from './shell/workstation.tsx';

readAddress(window.location.hash);
applyPreferences();
usePreferences.subscribe(applyPreferences);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Workstation />
    </QueryClientProvider>
  </StrictMode>,
);
