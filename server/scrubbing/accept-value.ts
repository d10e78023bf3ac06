import type { NameClass } from './classify-name.ts';
import { isPlaceholder } from './placeholders.ts';
import { isPublicAddress } from './structures.ts';
import { isRandomLooking, isStandIn } from './value-shape.ts';

const SHORT_ALLOWED = new Set([
  'password',
  'otp',
  'card-code',
  'name',
  'address',
  'location',
  'birth',
  'account',
  'medical',
]);
const RANDOM_MIN = 8;
const VENDOR_RANDOM_MIN = 14;

const LABEL =
  /^(?:your |enter |new |old |current |confirm |forgot |repeat |the |a |my |choose |create |\s)*(?:password|passwort|mot de passe|contraseña|senha|passcode|token|secret|pin|code|otp|username|login|e-?mail|phone|mobile|first name|last name|full name|surname|address|name|date of birth|birthday|cookie|session|signature|authorization|credentials?|api key|csrf)s?[*:?!. ]*$/i;

const isProse = (value: string): boolean => /^[\p{L}][\p{L}'’,.:;!?()-]*(?: [\p{L}'’,.:;!?()/-]+)+$/u.test(value);

function fitsType(type: string, value: string): boolean {
  const digits = value.replace(/\D/g, '').length;
  switch (type) {
    case 'ip':
      return isPublicAddress(value.replace(/^"|"$|:\d+$/g, '')) || isPublicAddress(value);
    case 'phone':
      return digits >= 7 && digits <= 15 && /^[\d\s()+./x-]+$/i.test(value);
    case 'card':
      return digits >= 12 && digits <= 19;
    case 'account':
    case 'national-id':
    case 'medical':
      return digits >= 3 && value.length <= 40 && !/\s\S*\s\S*\s/.test(value.replace(/\d/g, ''));
    case 'device-id':
      return value.length >= 8 && digits >= 2 && /^[\w:.-]+$/.test(value);
    case 'location':
      return /^-?\d{1,3}\.\d{2,}$/.test(value);
    case 'birth':
      return digits >= 4 && value.length <= 40;
    case 'name':
    case 'user-name':
      return /\p{L}/u.test(value) && value.length <= 80 && !/[<>{}[\]\\/=]/.test(value);
    case 'address':
      return value.length <= 200 && /[\p{L}\d]/u.test(value) && !/[<>{}\\]|:\/\//.test(value);
    case 'iban':
      return value.length >= 12;
    default:
      return true;
  }
}

/** Whether what stands beside a secret's name is a secret: not a label, a stand-in, a plain address or a flag. */
export function acceptsValue(named: NameClass, value: string, sent: boolean): boolean {
  if (value.length < (SHORT_ALLOWED.has(named.type) ? 2 : 4) || value.length > 65_536) return false;
  if (isStandIn(value) || isPlaceholder(value)) return false;
  if (named.holds === 'random') {
    if (named.byMaker) return /^[\w=-]+$/.test(value) && isRandomLooking(value, VENDOR_RANDOM_MIN);
    return isRandomLooking(value, RANDOM_MIN);
  }
  if (!fitsType(named.type, value)) return false;
  if (LABEL.test(value)) return false;
  if (named.type === 'connection-string') return value.length >= 8 && !/:\/\/[^/\s]*@/.test(value);
  if (named.type === 'webhook') return value.length >= 8;
  if (/^(?:https?|wss?):\/\/[^@\s]*$/i.test(value) || /^\/[\w/.-]*$/.test(value))
    return isRandomLooking(value.slice(1), 24);
  return sent || named.type === 'name' || named.type === 'address' || !isProse(value);
}
