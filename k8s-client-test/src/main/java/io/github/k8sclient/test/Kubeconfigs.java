package io.github.k8sclient.test;

import java.net.URI;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Writes kubeconfig files with one cluster, one user and one context.
 *
 * @param name the name of cluster, user and context
 * @param server the URL of the API server
 * @param certificateAuthority the certificate of the authority in PEM, null for none
 */
record Kubeconfigs(String name, URI server, byte @Nullable [] certificateAuthority) {

	/**
	 * Write a file.
	 * @param token the bearer token, null for none
	 * @return the text
	 */
	String withToken(@Nullable String token) {
		return write((token != null) ? "\n    token: " + token : " {}");
	}

	/**
	 * Write a file.
	 * @param certificate the certificate of the user
	 * @return the text
	 */
	String withCertificate(ClientCertificate certificate) {
		return write("\n    client-certificate-data: " + encode(certificate.certificatePem())
				+ "\n    client-key-data: " + encode(certificate.keyPem()));
	}

	private String write(String user) {
		StringBuilder text = new StringBuilder();
		text.append("apiVersion: v1\nkind: Config\ncurrent-context: ")
			.append(this.name)
			.append("\nclusters:\n- name: ");
		text.append(this.name).append("\n  cluster:\n    server: ").append(this.server).append('\n');
		if (this.certificateAuthority != null) {
			text.append("    certificate-authority-data: ").append(encode(this.certificateAuthority)).append('\n');
		}
		text.append("users:\n- name: ").append(this.name).append("\n  user:").append(user).append('\n');
		text.append("contexts:\n- name: ").append(this.name).append("\n  context:\n    cluster: ").append(this.name);
		text.append("\n    user: ").append(this.name).append("\n    namespace: default\n");
		return text.toString();
	}

	private static String encode(byte[] pem) {
		return Base64.getEncoder().encodeToString(pem);
	}

}
