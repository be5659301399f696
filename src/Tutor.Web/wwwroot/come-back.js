// Loads the page again once there is a node that answers: a browser that is sent to one which is just gone would stay on the
// proxy's error page for ever.
export async function comeBack() {
  for (let pause = 250; ; pause = Math.min(4000, pause * 2)) {
    try {
      const answer = await fetch(location.href, { cache: "no-store", redirect: "manual" });
      if (answer.status < 500) break;
    } catch {
      // Nobody listens.
    }
    await new Promise(resolve => setTimeout(resolve, pause));
  }
  location.reload();
}
