// Runs before the page is drawn: NHS.UK's styles and scripts look for these classes.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " nhsuk-frontend-supported" : "");
