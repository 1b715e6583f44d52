/**
 * The pages' script: all of it only saves clicks. A code in the address of the sign-in page is taken out of it and used at once, unless
 * somebody is signed in; a choice in a list is shown without a button.
 */
export const script = `
const code = document.getElementById('code');
if (code !== null && /^#[A-Za-z0-9_-]{43}$/.test(location.hash)) {
  code.value = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  if ('byItself' in code.form.dataset) code.form.requestSubmit();
}
for (const form of document.querySelectorAll('form[data-at-once]')) {
  form.classList.add('at-once');
  form.addEventListener('change', () => form.requestSubmit());
}
`;
