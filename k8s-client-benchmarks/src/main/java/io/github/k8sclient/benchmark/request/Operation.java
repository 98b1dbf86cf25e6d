package io.github.k8sclient.benchmark.request;

import java.util.Locale;

/**
 * A request that is measured.
 */
public enum Operation {

	/** Read a pod. */
	GET_POD,

	/** Create a pod. */
	CREATE_POD,

	/** Read a config map. */
	GET_CONFIGMAP,

	/** Create a config map. */
	CREATE_CONFIGMAP;

	static Operation of(String option) {
		return valueOf(option.replace('-', '_').toUpperCase(Locale.ROOT));
	}

	String option() {
		return name().replace('_', '-').toLowerCase(Locale.ROOT);
	}

}
