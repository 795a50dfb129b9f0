import { Heading } from '../parts/Heading.tsx';

/** Leads to Entra ID, and back to where one was. [U] whether Easy Auth keeps the fragment of the address that it leads back to. */
export function SignIn() {
  const back = encodeURIComponent(`/api/console${location.hash}`);
  return (
    <div class="narrow">
      <Heading>Sign in</Heading>
      <p>This app knows its users by Entra ID.</p>
      <p>
        <a class="button" href={`/.auth/login/aad?post_login_redirect_uri=${back}`}>
          Sign in with Entra ID
        </a>
      </p>
    </div>
  );
}
