// Keeps marks on this device until the server has said that they are saved: a room without a signal loses none.
const form = document.querySelector('form[data-keeps-marks]')
const AGAIN = 20_000 // milliseconds until what is kept is sent again

if (form) {
  const place = `marks:${window.location.pathname}:${form.dataset.keepsMarks}`
  const status = document.getElementById('register-saved')
  const people = () => [...form.querySelectorAll('.app-register__person')]
  let stored = {}

  const read = () => {
    try {
      stored = JSON.parse(window.localStorage.getItem(place)) ?? {}
    } catch {
      // Nothing can be kept here; the marks of this page still are sent again as long as it is open.
    }
  }
  const write = () => {
    try {
      if (Object.keys(stored).length) window.localStorage.setItem(place, JSON.stringify(stored))
      else window.localStorage.removeItem(place)
    } catch {
      // As above.
    }
  }

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
    const to = Object.assign(document.createElement('a'), { className: 'govuk-link', href: link, textContent: 'Sign in again' })
    status.append(' ', to)
  }
  const sayKept = (why, link) => {
    const number = Object.keys(stored).length
    const whose = number === 1 ? 'The mark of 1 person is' : `The marks of ${number} people are`
    say(`${why} ${whose} not saved yet, but kept on this device and sent again by itself.`, link)
  }
  const send = (person) => person.dispatchEvent(new Event('change'))

  form.addEventListener('change', (event) => {
    const person = event.target.closest('.app-register__person')
    if (!person) return
    stored[person.id] = shown(person)
    write()
  })
  form.addEventListener('htmx:before:request', (event) => {
    event.target.sent = shown(event.target)
  })
  form.addEventListener('htmx:after:request', (event) => {
    const { response, text } = event.detail.ctx
    if (response.status < 400) {
      if (same(stored[event.target.id], event.target.sent)) delete stored[event.target.id]
      write()
      return
    }
    event.preventDefault() // what was answered is no part of this page
    if (response.status === 422) say(text)
    else if (response.status === 401) sayKept('You have been signed out.', response.headers.get('Sign-In-At'))
    else if (response.status === 403 || response.status === 404) sayKept('You no longer have access to this register.')
    else sayKept('Something went wrong on the server.')
  })
  form.addEventListener('htmx:error', (event) => {
    event.preventDefault()
    sayKept('There is no connection.')
  })

  const sendAgain = () => people().filter((person) => person.id in stored).forEach(send)
  window.addEventListener('online', sendAgain)
  window.setInterval(sendAgain, AGAIN)

  // What an earlier visit could not send.
  read()
  people().filter((person) => person.id in stored).forEach((person) => {
    if (same(stored[person.id], shown(person))) delete stored[person.id]
    else show(person, stored[person.id])
  })
  write()
  if (Object.keys(stored).length) {
    sayKept('Marks of an earlier visit were put back.')
    window.addEventListener('load', sendAgain)
  }
}
