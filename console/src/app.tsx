import { Navigate, Route, Router, type RouteSectionProps } from '@solidjs/router';
import { UiProvider } from '@pentad/ui/ui-context.tsx';
import { lazy, onMount, Show, Suspense } from 'solid-js';
import { ConsoleProvider, createConsole, useConsole } from './console-context.tsx';
import { Shell } from './shell/shell.tsx';
import { SignInScreen } from './sign-in/sign-in-screen.tsx';
import { DeskBoardScreen } from './board/desk-board-screen.tsx';

const RegionMapScreen = lazy(async () => ({ default: (await import('./map/region-map-screen.tsx')).RegionMapScreen }));
const CaseScreen = lazy(async () => ({ default: (await import('./cases/case-screen.tsx')).CaseScreen }));

/** Where a person's work begins: the nurse's desk, the coordinator's map. */
function Home() {
  const app = useConsole();
  const start = () => {
    const desk = app.session()?.desks[0];
    return desk ? `/desk/${desk.deskId}` : '/map';
  };
  return <Navigate href={start()} />;
}

/** Until the server has said who this is, nothing is drawn that would flash away. */
function NotSignedIn() {
  const app = useConsole();
  return (
    <Show when={app.sessions.state().kind !== 'asking'}>
      <SignInScreen />
    </Show>
  );
}

/** Signed in: the screen within its frame. Signed out: the sign-in, with the address kept for afterwards. */
function Frame(props: RouteSectionProps) {
  const app = useConsole();
  onMount(() => void app.sessions.ask());
  return (
    <Show when={app.session()} fallback={<NotSignedIn />}>
      <Shell>
        <Suspense>{props.children}</Suspense>
      </Shell>
    </Show>
  );
}

export function App() {
  const app = createConsole();
  return (
    <UiProvider ui={app.ui}>
      <ConsoleProvider console={app}>
        <Router root={Frame}>
          <Route path="/map" component={RegionMapScreen} />
          <Route path="/desk/:id" component={DeskBoardScreen} />
          <Route path="/case/:id" component={CaseScreen} />
          <Route path="*" component={Home} />
        </Router>
      </ConsoleProvider>
    </UiProvider>
  );
}
