package io.github.k8sclient.rest;

/**
 * Is told how a request fares.
 */
@FunctionalInterface
interface RequestObserver {

	/**
	 * The server has answered.
	 * @param code the status code
	 * @param success whether the code means success
	 */
	void answered(int code, boolean success);

}
