using Tutor.Data;
using Tutor.Data.Engines;

namespace Tutor.UnitTests.Data.Engines;

public sealed class PostgresUrlTests
{
    [Theory]
    [InlineData("postgres://tutor:se%3Acret%40@db.example.edu:5433/tutor?SSL%20Mode=Require&Maximum%20Pool%20Size=12")]
    [InlineData("postgresql://tutor:se%3Acret%40@db.example.edu:5433/tutor?sslmode=Require&maxpoolsize=12")]
    [InlineData("Host=db.example.edu;Port=5433;Database=tutor;Username=tutor;Password=se:cret@;SSL Mode=Require;Maximum Pool Size=12")]
    public void An_address_and_a_connection_string_say_the_same(string url)
    {
        var settings = PostgresUrl.Parse(url);

        Assert.Equal(
            ("db.example.edu", 5433, "tutor", "tutor", "se:cret@", Npgsql.SslMode.Require, 12),
            (settings.Host, settings.Port, settings.Database, settings.Username, settings.Password, settings.SslMode, settings.MaxPoolSize));
    }

    [Fact]
    public void What_a_node_needs_is_set_where_the_address_does_not_say_otherwise()
    {
        var plain = PostgresUrl.Parse("postgres://db.example.edu/tutor");
        var own = PostgresUrl.Parse("postgres://db.example.edu/tutor?maxpoolsize=12&Max%20Auto%20Prepare=0&NoResetOnClose=false&TCP%20Keepalive=false");

        Assert.Equal((40, 100, true, true), Settings(plain));
        Assert.Equal((12, 0, false, false), Settings(own));

        static (int, int, bool, bool) Settings(Npgsql.NpgsqlConnectionStringBuilder settings) =>
            (settings.MaxPoolSize, settings.MaxAutoPrepare, settings.NoResetOnClose, settings.TcpKeepAlive);
    }

    [Fact]
    public void The_name_of_a_database_has_no_password()
    {
        using var database = Database.OnPostgres("postgres://tutor:secret@db.example.edu/tutor");

        Assert.Equal("PostgreSQL db.example.edu/tutor", database.Name);
    }

    [Fact]
    public void Without_a_host_or_a_database_the_message_shows_how_to_write_it()
    {
        var error = Assert.Throws<ArgumentException>(() => PostgresUrl.Parse("Username=tutor"));

        Assert.Contains("postgres://", error.Message, StringComparison.Ordinal);
    }
}
