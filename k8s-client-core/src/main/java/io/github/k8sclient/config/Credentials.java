package io.github.k8sclient.config;

import java.nio.file.Path;

import org.springframework.util.Assert;

/**
 * How a client proves who it is. A client certificate that is known in advance is not
 * part of it, see {@link TlsConfiguration}. No {@code toString} shows a secret.
 *
 * @since 0.1.0
 */
public sealed interface Credentials {

	/**
	 * Return the absence of credentials: the client is anonymous, or known by its client
	 * certificate alone.
	 * @return no credentials
	 */
	static Credentials none() {
		return None.INSTANCE;
	}

	/**
	 * Return a bearer token that never changes.
	 * @param token the token, not empty
	 * @return the credentials
	 */
	static Credentials bearerToken(String token) {
		return new BearerToken(token);
	}

	/**
	 * Return a bearer token that is kept in a file and read again as it is rotated.
	 * @param file the file with the token
	 * @return the credentials
	 */
	static Credentials tokenFile(Path file) {
		return new TokenFile(file);
	}

	/**
	 * Return a name and a password.
	 * @param username the name, without a colon
	 * @param password the password
	 * @return the credentials
	 */
	static Credentials basic(String username, String password) {
		return new Basic(username, password);
	}

	/**
	 * Return credentials that a program prints.
	 * @param plugin the program
	 * @return the credentials
	 */
	static Credentials exec(ExecPlugin plugin) {
		return new Exec(plugin);
	}

	/**
	 * Return tokens of an OpenID Connect provider that are renewed before they expire.
	 * @param session the tokens and the provider
	 * @return the credentials
	 */
	static Credentials oidc(OidcSession session) {
		return new Oidc(session);
	}

	/**
	 * No credentials.
	 */
	final class None implements Credentials {

		private static final None INSTANCE = new None();

		private None() {
		}

		@Override
		public String toString() {
			return "none";
		}

	}

	/**
	 * A bearer token that never changes.
	 *
	 * @param token the token
	 */
	record BearerToken(String token) implements Credentials {

		/**
		 * Create the credentials.
		 */
		public BearerToken {
			Assert.hasText(token, "'token' must not be empty");
		}

		@Override
		public String toString() {
			return "bearer token";
		}

	}

	/**
	 * A file with a bearer token, such as the one of a service account.
	 *
	 * @param file the file
	 */
	record TokenFile(Path file) implements Credentials {

		/**
		 * Create the credentials.
		 */
		public TokenFile {
			Assert.notNull(file, "'file' must not be null");
		}

		/**
		 * Read the token as it is now. Blocks.
		 * @return the token, without white space around it
		 * @throws ConfigurationException if the file cannot be read, is empty or holds
		 * something that cannot be a token
		 */
		public String read() {
			return Tokens.require(PemSource.text(this.file, "The token file"), "The token file " + this.file);
		}

		@Override
		public String toString() {
			return "token file " + this.file;
		}

	}

	/**
	 * A name and a password.
	 *
	 * @param username the name
	 * @param password the password
	 */
	record Basic(String username, String password) implements Credentials {

		/**
		 * Create the credentials.
		 */
		public Basic {
			Assert.isTrue(username.indexOf(':') < 0, "'username' must not contain a colon");
			Assert.notNull(password, "'password' must not be null");
		}

		@Override
		public String toString() {
			return "basic authentication of " + this.username;
		}

	}

	/**
	 * A program that prints a bearer token, a client certificate or both.
	 *
	 * @param plugin the program
	 */
	record Exec(ExecPlugin plugin) implements Credentials {

		/**
		 * Create the credentials.
		 */
		public Exec {
			Assert.notNull(plugin, "'plugin' must not be null");
		}

		@Override
		public String toString() {
			return this.plugin.toString();
		}

	}

	/**
	 * Tokens of an OpenID Connect provider.
	 *
	 * @param session the tokens and the provider
	 */
	record Oidc(OidcSession session) implements Credentials {

		/**
		 * Create the credentials.
		 */
		public Oidc {
			Assert.notNull(session, "'session' must not be null");
		}

		@Override
		public String toString() {
			return this.session.toString();
		}

	}

}
