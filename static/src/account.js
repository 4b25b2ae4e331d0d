// Says in words on the page that a passkey or security key could not be read.
// Without this, the reason only goes to the console.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const notice = document.getElementById('security-key-problem')
  if (notice) {
    notice.hidden = false
    notice.focus()
  }
})
