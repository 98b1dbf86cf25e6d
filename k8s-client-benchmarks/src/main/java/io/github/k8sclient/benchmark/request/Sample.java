package io.github.k8sclient.benchmark.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The objects that requests are about, as JSON.
 */
public enum Sample {

	/** A pod as the server has it. */
	POD("pod.json"),

	/** A pod as it is created. */
	NEW_POD("new-pod.json"),

	/** A config map as the server has it. */
	CONFIGMAP("configmap.json"),

	/** A config map as it is created. */
	NEW_CONFIGMAP("new-configmap.json");

	/** The namespace of all of them. */
	public static final String NAMESPACE = "team-00";

	/** The name of the pod. */
	public static final String POD_NAME = "service-000-78rd929qjd-78rd9";

	/** The name of the config map. */
	public static final String CONFIGMAP_NAME = "service-000-config";

	private final String file;

	Sample(String file) {
		this.file = file;
	}

	/**
	 * Return the object.
	 * @return its JSON
	 */
	public byte[] json() {
		try (InputStream in = Sample.class.getResourceAsStream(this.file)) {
			if (in == null) {
				throw new IllegalStateException(this.file + " is missing");
			}
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
