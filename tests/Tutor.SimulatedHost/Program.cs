using Tutor.SimulatedHost;

// A model host without a model, for load and failure tests: dotnet Tutor.SimulatedHost.dll --urls http://127.0.0.1:9001 --Tokens 200
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
builder.Services.AddSingleton(builder.Configuration.Get<SimulatedTiming>() ?? new SimulatedTiming());
builder.Services.AddSingleton<SimulatedEngine>();
builder.Services.AddSingleton<Faults>();

var app = builder.Build();
app.MapChat();
app.Run();
