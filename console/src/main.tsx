import '@pentad/ui/tokens.css';
import '@pentad/ui/components.css';
import './console.css';
import { render } from 'solid-js/web';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root) render(() => <App />, root);
