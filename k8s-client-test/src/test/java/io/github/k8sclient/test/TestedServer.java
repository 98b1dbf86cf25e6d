package io.github.k8sclient.test;

import java.util.List;
import java.util.stream.Stream;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.Credentials;

/**
 * A server with an administrator, the user {@code powerless} without any rights, and
 * others who are known by certificates and tokens: the embedded API server, or the real
 * one. There is one of each for the whole test run.
 *
 * @param name {@code embedded} or {@code real}
 * @param administrator who may do everything
 * @param powerless who may do nothing
 * @param configurations configurations of users with certificates
 * @param kubeconfigs kubeconfig files of users with certificates
 * @param authority the authority whose certificates the server accepts
 * @param provider the OpenID Connect provider that the server trusts
 */
record TestedServer(String name, ClientConfiguration administrator, ClientConfiguration powerless,
		Identified<ClientConfiguration> configurations, Identified<String> kubeconfigs, ClientAuthority authority,
		OpenIdProvider provider) {

	private static List<TestedServer> servers = List.of();

	/**
	 * Return the servers, the real one only when {@code KUBEBUILDER_ASSETS} is set.
	 */
	static synchronized Stream<TestedServer> all() {
		if (servers.isEmpty()) {
			// they end with this JVM
			servers = ApiServerLauncher.isAvailable() ? List.of(embedded(), real()) : List.of(embedded());
		}
		return servers.stream();
	}

	private static TestedServer embedded() {
		OpenIdProvider provider = new OpenIdProvider();
		EmbeddedApiServer server = EmbeddedApiServer.builder().tls(true).build().start();
		server.addUser("admin", "admin-token", (action) -> true);
		server.addUser("powerless", "powerless-token", (action) -> false);
		// it knows no providers, so it is told what this one says
		server.addUser(OpenIdProvider.PREFIX + "alice", provider.token(), "list configmaps"::equals);
		return new TestedServer("embedded", server.clientConfiguration("admin-token"),
				server.clientConfiguration("powerless-token"), server::clientConfigurationByCertificate,
				server::kubeconfigByCertificate, server.clientAuthority(), provider);
	}

	private static TestedServer real() {
		OpenIdProvider provider = new OpenIdProvider();
		ApiServerLauncher server = ApiServerLauncher.create().flags(provider.apiServerFlags()).start();
		return new TestedServer("real", server.clientConfiguration(), server.powerlessClientConfiguration(),
				server::clientConfigurationByCertificate, server::kubeconfigByCertificate, server.clientAuthority(),
				provider);
	}

	ClientConfiguration byCertificate(String user, String... groups) {
		return this.configurations.of(user, groups);
	}

	ClientConfiguration byToken(String token) {
		return by(Credentials.bearerToken(token));
	}

	ClientConfiguration by(Credentials credentials) {
		return this.administrator.toBuilder().credentials(credentials).build();
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * Something for a user who shows a certificate.
	 *
	 * @param <T> what it is
	 */
	interface Identified<T> {

		T of(String user, String... groups);

	}

}
