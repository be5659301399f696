using Microsoft.Extensions.Options;
using Tutor.ModelHost;
using Tutor.ModelHost.Access;
using Tutor.ModelHost.Chat;
using Tutor.ModelHost.Embeddings;
using Tutor.ModelHost.Errors;
using Tutor.ModelHost.Metrics;
using Tutor.ModelHost.ModelList;
using Tutor.ModelHost.Models;

if (args is ["models", ..]) return await ModelsCommand.RunAsync(args[1..]);
if (args is ["help" or "--help" or "-h", ..])
{
    Console.WriteLine(ModelsCommand.Usage);
    return 0;
}

var builder = WebApplication.CreateBuilder(args is ["serve", .. var rest] ? rest : args);
builder.AddModelServer();

var app = builder.Build();
app.UseApiErrors();
app.UseWebClient();
app.UseApiKeys();
app.MapHealth();
app.MapChat();
app.MapEmbeddings();
app.MapModelList();
app.MapMetrics();
try
{
    KeysBeforeOthers.Check(app.Configuration, app.Services.GetRequiredService<IOptions<ServerOptions>>().Value);
    app.Run();
    return 0;
}
catch (StartRefusedException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}
