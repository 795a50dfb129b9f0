import { render } from 'preact';
import { Console } from './views/Console.tsx';

const app = document.getElementById('app');
if (app) {
  render(<Console />, app);
}
