Console.WriteLine("usage: dotnet run --project tests/Tutor.Benchmarks -c Release -- <benchmark>");
