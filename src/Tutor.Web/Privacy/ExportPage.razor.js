// Hands the bytes that came through the circuit to the browser's downloads.
export async function save(name, stream) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([await stream.arrayBuffer()]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
