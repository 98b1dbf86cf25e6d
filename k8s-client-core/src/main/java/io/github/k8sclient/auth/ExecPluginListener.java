package io.github.k8sclient.auth;

/**
 * Learns how credential plugins are doing, for meters and audits.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ExecPluginListener {

	/**
	 * Called after each attempt to get credentials from a plugin, before the requests
	 * that wait for them go on. Must neither block nor throw.
	 * @param call the attempt
	 */
	void onCall(ExecPluginCall call);

}
