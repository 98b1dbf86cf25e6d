package io.github.k8sclient.test;

import java.net.URI;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Writes kubeconfig files with one cluster, one user and one context.
 */
final class Kubeconfigs {

	private Kubeconfigs() {
	}

	/**
	 * Write a file.
	 * @param name the name of cluster, user and context
	 * @param server the URL of the API server
	 * @param certificateAuthority the certificate of the authority in PEM, null for none
	 * @param token the bearer token, null for none
	 * @return the text
	 */
	static String of(String name, URI server, byte @Nullable [] certificateAuthority, @Nullable String token) {
		StringBuilder text = new StringBuilder();
		text.append("apiVersion: v1\nkind: Config\ncurrent-context: ").append(name).append("\nclusters:\n- name: ");
		text.append(name).append("\n  cluster:\n    server: ").append(server).append('\n');
		if (certificateAuthority != null) {
			text.append("    certificate-authority-data: ")
				.append(Base64.getEncoder().encodeToString(certificateAuthority))
				.append('\n');
		}
		text.append("users:\n- name: ").append(name).append('\n');
		text.append((token != null) ? "  user:\n    token: " + token + "\n" : "  user: {}\n");
		text.append("contexts:\n- name: ").append(name).append("\n  context:\n    cluster: ").append(name);
		text.append("\n    user: ").append(name).append("\n    namespace: default\n");
		return text.toString();
	}

}
