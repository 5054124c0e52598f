/** The user and password that stand in the published sample of this pattern: whoever read it knows them. */
export const samplePassword: { readonly username: string; readonly password: string } = {
  username: "admin",
  password: "yoursupersecretpassword",
};
