import { isRandomLooking } from './value-shape.ts';

const LOGIN_WORDS =
  /(?:callback|\/cb\b|oauth|openid|oidc|authorize|signin|sign-in|login|sso|connect|grant_type|redirect_uri|client_id|response_type)/i;

/**
 * Parameters that are secret only where they stand: `code` and `state` of a sign-in, `key` with a generated value. `around`
 * is the text near the parameter.
 */
export function isContextualSecret(name: string, value: string, around: string): boolean {
  switch (name.toLowerCase()) {
    case 'code':
      return (
        isRandomLooking(value, 16) ||
        (value.length >= 6 && LOGIN_WORDS.test(around) && !/^[A-Z_]+$|^\d{3}$/.test(value))
      );
    case 'state':
      return (
        value.length >= 8 &&
        /(?:[?&]|^)(?:code|client_id|response_type|redirect_uri|scope|session_state|error)=/.test(around)
      );
    case 'key':
      return isRandomLooking(value, 16);
    case 'session_state':
    case 'login_hint':
      return value.length >= 6;
    default:
      return false;
  }
}
