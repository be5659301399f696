using System.Net;
using System.Net.Sockets;

namespace Tutor.Tests.Shared;

/// <summary>A TCP port of this machine that nobody listens on.</summary>
public static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
