// Keeps marks on this device until the server has said that they are saved, so none are lost in a room without a signal.
const form = document.querySelector('form[data-keeps-marks]')
const AGAIN = 20_000 // milliseconds until what is kept is sent again
const OF_THE_PAGE = ['csrfmiddlewaretoken', 'session_id']
const LONGEST = 7 * 24 * 3_600_000 // milliseconds for which it is kept

if (form) {
  const place = `marks:${window.location.pathname}:${form.dataset.keepsMarks}:`
  const status = document.getElementById('register-saved')
  const isOld = (entry) => !entry || Date.now() - entry.at >= LONGEST
  const people = () => [...form.querySelectorAll('.app-register__person')]
  const refused = new Map() // what the server said about marks that it refused
  const here = new Map() // for browsers that store nothing; marks then last as long as the page

  // One entry for each person, so that two tabs of one register do not write over each other's.
  const keep = (id, values) => {
    here.set(id, values)
    try {
      window.localStorage.setItem(place + id, JSON.stringify({ values, at: Date.now() }))
    } catch {
      // See `here` above.
    }
  }
  const kept = (id) => {
    try {
      const entry = JSON.parse(window.localStorage.getItem(place + id))
      return isOld(entry) ? here.get(id) : entry.values
    } catch {
      return here.get(id)
    }
  }
  const forget = (id) => {
    here.delete(id)
    refused.delete(id)
    try {
      window.localStorage.removeItem(place + id)
    } catch {
      // There is nothing to forget.
    }
  }
  const waiting = () => people().filter((person) => kept(person.id))

  const shown = (person) => Object.fromEntries([...person.querySelectorAll('input')]
    .filter((input) => input.type !== 'radio' || input.checked)
    .map((input) => [input.name, input.value]))
  const show = (person, values) => person.querySelectorAll('input').forEach((input) => {
    if (input.type === 'radio') input.checked = values[input.name] === input.value
    else input.value = values[input.name] ?? ''
  })
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

  const say = (words, link) => {
    status.textContent = words
    if (!link) return
    const to = Object.assign(document.createElement('a'), { className: 'govuk-link', ...link })
    status.append(' ', to)
  }
  const sayKept = (why, link) => {
    const number = waiting().length
    const [whose, they] = number === 1 ? ['The mark for 1 person is', 'It is'] : [`The marks for ${number} people are`, 'They are']
    say(`${why} ${whose} not saved yet. ${they} kept on this device and will be sent again automatically.`, link)
  }
  // What the server refused is sent again once it has been corrected.
  const sendAgain = () => waiting().filter((person) => !refused.has(person.id))
    .forEach((person) => person.dispatchEvent(new Event('change')))

  form.addEventListener('change', (event) => {
    const person = event.target.closest('.app-register__person')
    if (!person || event.target === person) return
    refused.delete(person.id)
    keep(person.id, shown(person))
  })
  // htmx sends all of a form; what this page shows about other people may be older than what another device saved.
  form.addEventListener('htmx:config:request', (event) => {
    const { body } = event.detail.ctx.request
    const names = new Set([...event.target.querySelectorAll('input')].map((input) => input.name))
    for (const name of [...body.keys()]) {
      if (!names.has(name) && !OF_THE_PAGE.includes(name)) body.delete(name)
    }
    event.target.sent = shown(event.target)
  })
  form.addEventListener('htmx:after:request', (event) => {
    event.preventDefault() // the answer is dealt with below and is not part of this page
    const { response, text } = event.detail.ctx
    const { id, sent } = event.target
    if (response.status < 400) {
      if (same(kept(id), sent)) forget(id)
      say([text, ...refused.values()].join(' Not saved: '))
    } else if (response.status === 410) {
      forget(id)
      say(text)
    } else if (response.status === 422) {
      refused.set(id, text)
      say([...refused.values()].join('. '))
    } else if (response.status === 401) {
      sayKept('You have been signed out.', { href: response.headers.get('Sign-In-At'), textContent: 'Sign in again' })
    } else if (response.headers.has('Load-Again')) {
      sayKept('You have signed in again since this page was opened.', { href: window.location.href, textContent: 'Reload the page' })
    } else if (response.status === 403 || response.status === 404) {
      sayKept('You no longer have access to this register.')
    } else {
      sayKept('Something went wrong on the server.')
    }
  })
  form.addEventListener('htmx:error', (event) => {
    event.preventDefault()
    sayKept('There is no connection.')
  })

  window.addEventListener('online', sendAgain)
  window.setInterval(sendAgain, AGAIN)

  try {
    for (const key of Object.keys(window.localStorage)) {
      if (key.startsWith('marks:') && isOld(JSON.parse(window.localStorage.getItem(key)))) window.localStorage.removeItem(key)
    }
  } catch {
    // There is nothing to tidy.
  }

  // What an earlier visit could not send.
  waiting().forEach((person) => {
    if (same(kept(person.id), shown(person))) forget(person.id)
    else show(person, kept(person.id))
  })
  if (waiting().length) {
    sayKept('Marks from an earlier visit have been restored.')
    // htmx, which sends them, may be ready before this line or only after the page has loaded.
    if (form.querySelector('[data-htmx-powered]')) sendAgain()
    else document.addEventListener('htmx:after:process', sendAgain, { once: true })
  }
}
